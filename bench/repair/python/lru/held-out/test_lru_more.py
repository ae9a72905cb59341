from lru.cache import Cache


def test_order_after_reads():
    cache = Cache(3)
    for key in "abc":
        cache.put(key, key)
    cache.get("a")
    assert cache.keys() == ["b", "c", "a"]
    cache.get("b")
    assert cache.keys() == ["c", "a", "b"]


def test_a_miss_changes_nothing():
    cache = Cache(2)
    cache.put("a", 1)
    assert cache.get("x", 7) == 7
    assert cache.keys() == ["a"]
    assert (cache.hits, cache.misses) == (0, 1)
