class NotEnough(Exception):
    def __init__(self, article, wanted, free):
        super().__init__(f"{article}: {wanted} wanted, {free} free")
        self.article = article
        self.missing = wanted - free


class Stock:
    def __init__(self, counts=None):
        self.counts = dict(counts or {})
        self.reserved = {}

    def free(self, article):
        return self.counts.get(article, 0) - self.reserved.get(article, 0)

    def add(self, article, count):
        if count <= 0:
            raise ValueError("A delivery has at least one piece.")
        self.counts[article] = self.counts.get(article, 0) + count
        return self.counts[article]

    def reserve(self, article, count):
        free = self.free(article)
        if count > free:
            raise NotEnough(article, count, free)
        self.reserved[article] = self.reserved.get(article, 0) + count

    def release(self, article, count):
        held = self.reserved.get(article, 0)
        left = max(held - count, 0)
        if left == 0:
            self.reserved.pop(article, None)
            return 0
        self.reserved[article] = left
        return left

    def ship(self, article, count):
        """Takes reserved pieces out; those not reserved stay."""
        held = self.reserved.get(article, 0)
        if held < count:
            raise NotEnough(article, count, held)
        self.release(article, count)
        self.counts[article] -= count
        if self.counts[article] == 0:
            del self.counts[article]

    def value(self, prices):
        total = 0
        for article, count in self.counts.items():
            price = prices.get(article)
            if price is None:
                continue
            total += price * count
        return total
