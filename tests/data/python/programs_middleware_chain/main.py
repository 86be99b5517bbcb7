class Request:
    def __init__(self, path):
        self.path = path

    def is_safe(self):
        return True


class Response:
    def finish(self):
        return self


def logging(next):
    def handle(request):
        response = next(request)
        return response.finish()
    return handle


class Auth:
    def __init__(self, next):
        self.next = next

    def __call__(self, request):
        if request.is_safe():
            return self.next(request)


def view(request):
    request.is_safe()
    return Response()


def build(handler, middleware):
    for wrap in reversed(middleware):
        handler = wrap(handler)
    return handler


app = build(view, [logging, Auth])
app(Request("/"))
