import asyncio


class Client:
    async def __aenter__(self):
        await self.connect()
        return self

    async def __aexit__(self, *exc):
        pass

    async def connect(self):
        pass

    async def fetch(self, name):
        return parse(name)


def parse(name):
    return name


async def worker(client, name):
    return await client.fetch(name)


async def main():
    async with Client() as client:
        await asyncio.gather(worker(client, "a"), worker(client, "b"))
        task = asyncio.create_task(client.fetch("c"))
        await task


asyncio.run(main())
