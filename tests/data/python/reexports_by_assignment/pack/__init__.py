from . import core

public = core.private
