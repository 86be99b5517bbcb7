try:
    import fast
except ImportError:
    from slow import work
else:
    work = fast.work

work()
