try:
    import fast
except ImportError:
    fast = None


def run():
    if fast is not None:
        fast.work()


run()
