def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        show()

    def show():
        return count

    return up, show


up, show = counter()
up()
show()
