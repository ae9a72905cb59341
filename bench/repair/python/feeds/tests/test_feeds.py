import asyncio

from feeds.gather import Source, entries_of, gather, with_retries

ONE = {1: [{"id": 1, "at": 10}], 2: [{"id": 2, "at": 30}]}
TWO = {1: [{"id": 2, "at": 30}, {"id": 3, "at": 20}]}


def test_pages():
    found = asyncio.run(entries_of(Source("one", ONE)))
    assert [entry["id"] for entry in found] == [1, 2]


def test_gather():
    entries, failed = asyncio.run(gather([Source("one", ONE), Source("two", TWO)]))
    assert [entry["id"] for entry in entries] == [2, 3, 1]
    assert failed == []


def test_failed_feeds_are_named():
    entries, failed = asyncio.run(gather([Source("one", ONE, fails=9), Source("two", TWO)]))
    assert failed == ["one"]
    assert len(entries) == 2


def test_retry():
    source = Source("one", ONE, fails=1)
    assert asyncio.run(with_retries(source, 1, 2)) == ONE[1]
