from models import User


class Post:
    def __init__(self, user: User):
        self.user = user

    def title(self):
        self.user.save()
        return "x"
