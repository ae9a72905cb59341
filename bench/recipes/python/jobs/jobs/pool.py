import asyncio


class Pool:
    """At most `limit` jobs at a time; results come back in the order asked for."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("A pool has room for at least one job.")
        self.limit = limit
        self.running = 0
        self.most = 0
        self.gate = asyncio.Semaphore(limit)

    async def run(self, job, *args):
        async with self.gate:
            self.running += 1
            self.most = max(self.most, self.running)
            try:
                return await job(*args)
            finally:
                self.running -= 1

    async def map(self, job, items):
        return await asyncio.gather(*[self.run(job, item) for item in items])

    async def first(self, job, items, default=None):
        """The first answer that is not None, in the order of the items."""
        for answer in await self.map(job, items):
            if answer is not None:
                return answer
        return default


async def retry(job, times, wait=0.0, give_up_on=()):
    """The job's answer, at most `times` tries; the last error where none came."""
    if times < 1:
        raise ValueError("At least one try.")
    for n in range(1, times + 1):
        try:
            return await job(n)
        except give_up_on:
            raise
        except Exception:
            if n == times:
                raise
            await asyncio.sleep(wait * n)


async def within(job, seconds, default=None):
    try:
        return await asyncio.wait_for(job, seconds)
    except asyncio.TimeoutError:
        return default
