import requests


def run():
    requests.get("x")
