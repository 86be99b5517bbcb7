from models import User


def main():
    user = User("a")
    user.save()
    return user.posts()[0].title()


main()
