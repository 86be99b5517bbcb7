import re


def upper(match):
    return match[0].upper()


def low(match):
    return ""


re.sub("a", upper, "banana")
re.compile("b").sub(lambda match: low(match), "banana")
