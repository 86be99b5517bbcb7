def run(flag):
    if flag:
        from left import work
    else:
        from right import work
    work()


run(True)
run(False)
