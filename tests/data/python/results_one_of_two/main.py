class Cat:
    def speak(self):
        pass


class Dog:
    def speak(self):
        pass


def pick(name):
    if name == "cat":
        return Cat()
    return Dog()


pick("cat").speak()
pick("dog").speak()
