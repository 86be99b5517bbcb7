def helper():
    pass


class Box:
    def helper(self):
        pass

    def run(self):
        helper()


Box().run()
