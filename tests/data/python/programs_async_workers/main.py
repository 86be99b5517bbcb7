import asyncio


class Job:
    async def run(self):
        await self.step()
        return Result()

    async def step(self):
        pass


class Result:
    def show(self):
        pass


async def worker(queue):
    job = await queue.get()
    result = await job.run()
    result.show()


async def main():
    queue: asyncio.Queue[Job] = asyncio.Queue()
    await queue.put(Job())
    await asyncio.gather(worker(queue))
    (await Job().run()).show()


asyncio.run(main())
