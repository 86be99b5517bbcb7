class Cat:
    def speak(self):
        pass


class Dog:
    def speak(self):
        pass


class Cow:
    def speak(self):
        pass


def hear(pet: Cat | Dog):
    pet.speak()


hear(Cat())
hear(Dog())
