from core import hook


@hook("start")
def prepare(context):
    context.note()
