from lru.cache import Cache, cached


def test_the_oldest_is_forgotten():
    cache = Cache(2)
    for key in "abc":
        cache.put(key, key.upper())
    assert "a" not in cache
    assert cache.get("c") == "C"


def test_what_was_read_is_kept():
    cache = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert "a" in cache
    assert "b" not in cache


def test_what_was_written_again_is_kept():
    cache = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.put("a", 3)
    cache.put("c", 4)
    assert cache.keys() == ["a", "c"]


def test_loads_once():
    calls = []
    cache = Cache(2, lambda key: calls.append(key) or len(calls))
    assert [cache.get("a"), cache.get("a")] == [1, 1]
    assert cache.rate() == 0.5


def test_decorator():
    @cached(2)
    def double(n):
        return 2 * n

    assert [double(2), double(2)] == [4, 4]
    assert double.cache.hits == 1
