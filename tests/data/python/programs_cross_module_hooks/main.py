import core
import plugins.first
from plugins import second

core.run("start")
