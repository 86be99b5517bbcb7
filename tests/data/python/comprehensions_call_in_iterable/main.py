def source():
    return [1]


names = {n: n for n in source()}
