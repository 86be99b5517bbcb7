def first():
    pass


def second():
    pass


def third():
    pass


run = first
run()
run = second
keep = run
run = third
run()
keep()


def inside(flag):
    job = first
    if flag:
        job = second
        job()
    else:
        job = third
    job()


inside(True)
inside(False)
