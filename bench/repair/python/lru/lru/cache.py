"""A cache that forgets what was used the longest ago."""

from collections import OrderedDict


class Cache:
    """`size` entries at most; `load` fetches what is not there."""

    def __init__(self, size, load=None):
        if size < 1:
            raise ValueError("a cache holds something")
        self.size = size
        self.load = load
        self.entries = OrderedDict()
        self.hits = 0
        self.misses = 0

    def __contains__(self, key):
        return key in self.entries

    def __len__(self):
        return len(self.entries)

    def get(self, key, default=None):
        if key in self.entries:
            self.hits += 1
            return self.entries[key]
        self.misses += 1
        if self.load is None:
            return default
        value = self.load(key)
        self.put(key, value)
        return value

    def put(self, key, value):
        self.entries[key] = value
        self.entries.move_to_end(key)
        while len(self.entries) > self.size:
            self.entries.popitem(last=False)

    def drop(self, key):
        self.entries.pop(key, None)

    def keys(self):
        """The one forgotten next comes first."""
        return list(self.entries)

    def rate(self):
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0


def cached(size):
    """A decorator for functions of one argument."""

    def around(function):
        cache = Cache(size, function)

        def call(argument):
            return cache.get(argument)

        call.cache = cache
        return call

    return around
