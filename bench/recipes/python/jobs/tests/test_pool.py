import asyncio

import pytest
from jobs.pool import Pool, retry, within


async def doubled(n):
    await asyncio.sleep(0)
    return n * 2


def test_map_keeps_the_order():
    async def run():
        return await Pool(2).map(doubled, [3, 1, 2])

    assert asyncio.run(run()) == [6, 2, 4]


def test_run_hands_over_arguments():
    async def minus(a, b):
        return a - b

    async def run():
        return await Pool(1).run(minus, 5, 3)

    assert asyncio.run(run()) == 2


def test_no_more_than_the_limit():
    async def run():
        pool = Pool(2)
        await pool.map(doubled, range(6))
        return pool.most, pool.running

    assert asyncio.run(run()) == (2, 0)


def test_limit_of_one():
    async def run():
        pool = Pool(1)
        await pool.map(doubled, range(3))
        return pool.most

    assert asyncio.run(run()) == 1


def test_no_room():
    with pytest.raises(ValueError, match="at least one job"):
        Pool(0)


def test_an_error_makes_room():
    async def broken(n):
        raise KeyError(n)

    async def run():
        pool = Pool(1)
        with pytest.raises(KeyError):
            await pool.run(broken, 1)
        return pool.running

    assert asyncio.run(run()) == 0


def test_first():
    async def even(n):
        return n if n % 2 == 0 else None

    async def run():
        return await Pool(2).first(even, [1, 4, 6])

    assert asyncio.run(run()) == 4


def test_first_of_none():
    async def none(n):
        return None

    async def run():
        return await Pool(2).first(none, [1], default="nothing")

    assert asyncio.run(run()) == "nothing"


def test_first_may_be_zero():
    async def run():
        return await Pool(2).first(doubled, [0, 1], default=9)

    assert asyncio.run(run()) == 0


def test_retry_until_it_works():
    async def third(n):
        if n < 3:
            raise OSError(n)
        return n

    assert asyncio.run(retry(third, 3)) == 3


def test_retry_no_more_than_asked():
    tries = []

    async def never(n):
        tries.append(n)
        raise OSError(n)

    with pytest.raises(OSError):
        asyncio.run(retry(never, 2))
    assert tries == [1, 2]


def test_retry_gives_up():
    tries = []

    async def never(n):
        tries.append(n)
        raise KeyError(n)

    with pytest.raises(KeyError):
        asyncio.run(retry(never, 3, give_up_on=(KeyError,)))
    assert tries == [1]


def test_retry_at_least_once():
    with pytest.raises(ValueError, match="At least one"):
        asyncio.run(retry(doubled, 0))


def test_retry_once():
    assert asyncio.run(retry(doubled, 1)) == 2


def test_within():
    assert asyncio.run(within(doubled(2), 1)) == 4


def test_not_within():
    assert asyncio.run(within(asyncio.sleep(1, "late"), 0.01, "default")) == "default"
