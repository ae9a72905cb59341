import asyncio

import pytest
from jobs.memory import Memory, pages


def counted():
    asked = []

    async def load(key):
        asked.append(key)
        await asyncio.sleep(0)
        if key == "broken":
            raise KeyError(key)
        return key.upper()

    return asked, load


def test_loads_once():
    asked, load = counted()

    async def run():
        memory = Memory(load)
        return [await memory.get("a"), await memory.get("a"), memory.hits]

    assert asyncio.run(run()) == ["A", "A", 1]
    assert asked == ["a"]


def test_loads_each_key():
    asked, load = counted()

    async def run():
        memory = Memory(load)
        await memory.get("a")
        return await memory.get("b")

    assert asyncio.run(run()) == "B"
    assert asked == ["a", "b"]


def test_waits_for_the_same():
    asked, load = counted()

    async def run():
        memory = Memory(load)
        return await asyncio.gather(memory.get("a"), memory.get("a"))

    assert asyncio.run(run()) == ["A", "A"]
    assert asked == ["a"]


def test_nothing_is_left_under_way():
    _, load = counted()

    async def run():
        memory = Memory(load)
        await memory.get("a")
        return memory.under_way

    assert asyncio.run(run()) == {}


def test_an_error_is_not_remembered():
    asked, load = counted()

    async def run():
        memory = Memory(load)
        for _ in range(2):
            with pytest.raises(KeyError):
                await memory.get("broken")
        return memory.known, memory.under_way

    assert asyncio.run(run()) == ({}, {})
    assert asked == ["broken", "broken"]


def test_the_oldest_goes():
    _, load = counted()

    async def run():
        memory = Memory(load, most=2)
        await memory.get_all(["a", "b", "c"])
        return list(memory.known)

    assert asyncio.run(run()) == ["b", "c"]


def test_what_was_asked_for_stays():
    _, load = counted()

    async def run():
        memory = Memory(load, most=2)
        for key in ["a", "b", "a", "c"]:
            await memory.get(key)
        return list(memory.known)

    assert asyncio.run(run()) == ["a", "c"]


def test_forget():
    _, load = counted()

    async def run():
        memory = Memory(load)
        await memory.get("a")
        return [memory.forget("a"), memory.forget("a")]

    assert asyncio.run(run()) == [True, False]


def test_get_all():
    _, load = counted()

    async def run():
        return await Memory(load).get_all(["b", "a"])

    assert asyncio.run(run()) == {"b": "B", "a": "A"}


def source(items):
    async def fetch(at, size):
        return items[at : at + size]

    return fetch


async def listed(stream):
    return [item async for item in stream]


def test_pages():
    assert asyncio.run(listed(pages(source([1, 2, 3])))) == [1, 2, 3]


def test_pages_of_full_ones():
    assert asyncio.run(listed(pages(source([1, 2, 3, 4])))) == [1, 2, 3, 4]


def test_pages_from_somewhere():
    assert asyncio.run(listed(pages(source([1, 2, 3, 4, 5]), start=1, size=3))) == [2, 3, 4, 5]


def test_pages_of_nothing():
    assert asyncio.run(listed(pages(source([])))) == []
