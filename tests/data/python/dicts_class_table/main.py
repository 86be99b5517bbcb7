class Cat:
    def speak(self):
        pass


class Dog:
    def speak(self):
        pass


KINDS = {"cat": Cat, "dog": Dog}


def make(name):
    return KINDS[name]()


make("cat").speak()
make("dog").speak()
