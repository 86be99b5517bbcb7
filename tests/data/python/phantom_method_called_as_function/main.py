class A:
    def save(self):
        pass

    def run(self):
        save()
