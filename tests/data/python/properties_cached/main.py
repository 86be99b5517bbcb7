from functools import cached_property


class Tool:
    def use(self):
        pass


class A:
    @cached_property
    def tool(self):
        return Tool()


a = A()
a.tool.use()
