try:
    import pack.a
except ImportError:
    pass
