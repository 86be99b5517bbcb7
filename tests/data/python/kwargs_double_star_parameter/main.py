def work():
    pass


def run(**options):
    options["step"]()


run(step=work)
