from tools import work
import tools as t
