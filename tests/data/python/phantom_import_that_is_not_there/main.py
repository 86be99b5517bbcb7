from nowhere.at_all import save


def run():
    save()
