def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def trampoline(function, *args):
    result = function(*args)
    while callable(result):
        result = result()
    return result


def countdown(n):
    if n == 0:
        return finish
    return lambda: countdown(n - 1)


def finish():
    return None


even(3)
trampoline(countdown, 2)
