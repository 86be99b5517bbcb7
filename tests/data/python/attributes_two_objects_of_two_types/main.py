class Cat:
    def speak(self):
        pass


class Dog:
    def speak(self):
        pass


class Owner:
    def __init__(self, pet):
        self.pet = pet

    def call(self):
        self.pet.speak()


Owner(Cat()).call()
Owner(Dog()).call()
