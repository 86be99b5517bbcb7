from pack import Base


class Child(Base):
    def run(self):
        self.hook()
        super().hook()


Child().run()
