from pack import core
