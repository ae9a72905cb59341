import asyncio

from feeds.gather import Source, entries_of, gather


def test_a_feed_that_fails_once_is_read():
    source = Source("one", {1: [{"id": 7, "at": 1}]}, fails=1)
    assert asyncio.run(entries_of(source)) == [{"id": 7, "at": 1, "feed": "one"}]
    assert source.asked == 3


def test_no_feeds():
    assert asyncio.run(gather([])) == ([], [])
