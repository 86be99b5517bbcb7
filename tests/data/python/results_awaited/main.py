import asyncio


class Cart:
    def total(self):
        pass


async def load() -> Cart:
    return Cart()


async def main():
    cart = await load()
    cart.total()


asyncio.run(main())
