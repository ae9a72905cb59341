import asyncio


class Memory:
    """Remembers answers by key; who asks while one is under way waits for the same."""

    def __init__(self, load, most=100):
        self.load = load
        self.most = most
        self.known = {}
        self.under_way = {}
        self.hits = 0

    async def get(self, key):
        if key in self.known:
            self.hits += 1
            self.known[key] = value = self.known.pop(key)
            return value
        waiting = self.under_way.get(key)
        if waiting is not None:
            return await waiting
        waiting = asyncio.ensure_future(self.load(key))
        self.under_way[key] = waiting
        try:
            value = await waiting
        finally:
            del self.under_way[key]
        self.keep(key, value)
        return value

    def keep(self, key, value):
        self.known[key] = value
        while len(self.known) > self.most:
            oldest = next(iter(self.known))
            del self.known[oldest]

    def forget(self, key):
        return self.known.pop(key, None) is not None

    async def get_all(self, keys):
        values = await asyncio.gather(*[self.get(key) for key in keys])
        return dict(zip(keys, values))


async def pages(fetch, start=0, size=2):
    """All items of a source that gives `size` at a time; ends with the first page that is not full."""
    at = start
    while True:
        items = await fetch(at, size)
        for item in items:
            yield item
        if len(items) < size:
            return
        at += size
