import sys

if sys.version_info > (3,):
    class Base:
        def work(self):
            pass
else:
    class Base:
        def work(self):
            pass


class Child(Base):
    pass


Child().work()
