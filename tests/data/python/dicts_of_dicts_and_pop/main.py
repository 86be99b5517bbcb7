def create():
    pass


def remove():
    pass


def rename():
    pass


ROUTES = {"files": {"new": create, "old": remove}, "names": {}}
ROUTES["names"]["new"] = rename
ROUTES["files"]["new"]()
ROUTES["names"]["new"]()
action = ROUTES["files"].pop("old")
action()
for group, table in ROUTES.items():
    for name, function in table.items():
        pass
merged = {**ROUTES["names"]}
merged["new"]()
