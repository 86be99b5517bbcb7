import os

if os.environ.get("SOMETHING_THAT_IS_NOT_SET"):
    def pick():
        pass
else:
    def pick():
        pass


pick()
