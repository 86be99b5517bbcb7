class App:
    def __init__(self):
        self.routes = {}

    def route(self, path):
        def keep(f):
            self.routes[path] = f
            return f
        return keep

    def handle(self, path):
        return self.routes[path]()


app = App()


@app.route("/")
def index():
    pass


app.handle("/")
