import asyncio


class Page:
    def show(self):
        pass


async def pages():
    for _ in range(2):
        yield Page()


async def read():
    async for page in pages():
        page.show()
    return [page.show() async for page in pages()]


asyncio.run(read())
