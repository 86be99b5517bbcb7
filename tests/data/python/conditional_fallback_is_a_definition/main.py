try:
    from missing_speedups import work
except ImportError:
    def work():
        pass

work()
