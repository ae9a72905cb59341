"""Pages of a list, and the links to them."""

from dataclasses import dataclass


@dataclass
class Page:
    number: int
    items: list
    pages: int

    @property
    def first(self):
        return self.number == 1

    @property
    def last(self):
        return self.number >= self.pages


class Paginator:
    def __init__(self, items, size=10):
        if size < 1:
            raise ValueError("a page holds something")
        self.items = list(items)
        self.size = size

    def count(self):
        """An empty list has one page, which is empty."""
        if not self.items:
            return 1
        return len(self.items) // self.size + 1

    def page(self, number):
        """Numbers out of range get the nearest page there is."""
        number = max(1, min(number, self.count()))
        start = (number - 1) * self.size
        return Page(number, self.items[start : start + self.size], self.count())

    def __iter__(self):
        for number in range(1, self.count() + 1):
            yield self.page(number)

    def links(self, number, around=1):
        """Page numbers to show, with None for a gap: the first, the last and those around the current one."""
        shown = []
        for one in range(1, self.count() + 1):
            near = abs(one - number) <= around
            if one in (1, self.count()) or near:
                shown.append(one)
            elif shown and shown[-1] is not None:
                shown.append(None)
        return shown


def index_of(paginator, item):
    """The number of the page an item is on; None where it is on none."""
    if item not in paginator.items:
        return None
    return paginator.items.index(item) // paginator.size + 1
