from tools import opened

with opened("a") as one:
    one.read()
