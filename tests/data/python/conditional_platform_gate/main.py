import sys

if sys.platform == "win32":
    import on_windows as system
else:
    import on_unix as system

system.start()
