"""How much of what is where, and what has to be ordered."""

from collections import namedtuple

Line = namedtuple("Line", "sku quantity")


class Stock:
    def __init__(self, counts=None, minimum=None):
        self.counts = dict(counts or {})
        self.minimum = dict(minimum or {})

    def receive(self, lines):
        for line in lines:
            self.counts[line.sku] = self.counts.get(line.sku, 0) + line.quantity

    def ship(self, lines):
        """All lines or none: nothing leaves when one is short."""
        short = self.short(lines)
        if short:
            raise ValueError("short of " + ", ".join(sorted(short)))
        for line in lines:
            self.counts[line.sku] -= line.quantity

    def short(self, lines):
        """What is missing for an order, by sku."""
        wanted = {}
        for line in lines:
            wanted[line.sku] = wanted.get(line.sku, 0) + line.quantity
        missing = {}
        for sku, quantity in wanted.items():
            left = self.counts[sku] - quantity
            if left < 0:
                missing[sku] = -left
        return missing

    def reorder(self):
        """`{sku: how many}` of what has fallen below its minimum, up to twice the minimum."""
        orders = {}
        for sku, least in self.minimum.items():
            have = self.counts.get(sku, 0)
            if have < least:
                orders[sku] = 2 * least - have
        return orders

    def report(self):
        rows = []
        for sku in sorted(set(self.counts) | set(self.minimum)):
            rows.append(f"{sku}: {self.counts.get(sku, 0)}")
        return "\n".join(rows)
