"""Collects entries from several feeds at once."""

import asyncio


class FeedError(Exception):
    pass


class Source:
    """A feed that is asked page by page; `pages` maps a number to its entries."""

    def __init__(self, name, pages, fails=0):
        self.name = name
        self.pages = pages
        self.fails = fails
        self.asked = 0

    async def page(self, number):
        await asyncio.sleep(0)
        self.asked += 1
        if self.asked <= self.fails:
            raise FeedError(self.name)
        return self.pages.get(number, [])


async def with_retries(source, number, times):
    for attempt in range(times):
        try:
            return await source.page(number)
        except FeedError:
            if attempt + 1 == times:
                raise
            await asyncio.sleep(0)


async def entries_of(source, times=2):
    """All entries of a feed, page by page until one is empty."""
    found = []
    number = 1
    while True:
        page = await with_retries(source, number, times)
        if not page:
            return found
        found.extend({**entry, "feed": source.name} for entry in page)
        number += 1


async def gather(sources, times=2):
    """Entries of all feeds, the newest first, each id once; feeds that fail are named."""
    results = await asyncio.gather(*(entries_of(one, times) for one in sources), return_exceptions=True)
    entries, failed, seen = [], [], set()
    for source, result in zip(sources, results):
        if isinstance(result, FeedError):
            failed.append(source.name)
            continue
        if isinstance(result, BaseException):
            raise result
        for entry in result:
            if entry["id"] not in seen:
                seen.add(entry["id"])
                entries.append(entry)
    entries.sort(key=lambda entry: entry["at"], reverse=True)
    return entries, failed
