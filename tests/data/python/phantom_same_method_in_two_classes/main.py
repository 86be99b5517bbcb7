class A:
    def run(self):
        self.save()


class B:
    def save(self):
        pass
