import asyncio


class Conn:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

    def send(self):
        pass


async def main():
    async with Conn() as conn:
        conn.send()


asyncio.run(main())
