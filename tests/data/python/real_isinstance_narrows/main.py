class Cat:
    def speak(self):
        pass


class Dog:
    def speak(self):
        pass

    def bark(self):
        pass


def hear(pet):
    if isinstance(pet, Dog):
        pet.bark()


def load():
    return eval("Dog()")


hear(load())
