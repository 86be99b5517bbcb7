def run():
    save()
