from typing import NamedTuple


class Span(NamedTuple):
    start: int
    end: int

    @property
    def size(self):
        return self.end - self.start

    def holds(self, value):
        return self.start <= value < self.end

    def touches(self, other):
        """Whether the two overlap, or one begins where the other ends."""
        return self.start <= other.end and other.start <= self.end


def parse_span(text):
    """`3-7` is 3 to 7 with both ends, `5` is 5 alone; None for an empty text."""
    if not text.strip():
        return None
    head, dash, tail = text.partition("-")
    start = int(head)
    if not dash:
        return Span(start, start + 1)
    end = int(tail)
    if end < start:
        raise ValueError(f"{text} ends before it begins")
    return Span(start, end + 1)


def parse_list(text):
    found = []
    for part in text.split(","):
        span = parse_span(part)
        if span is None:
            continue
        found.append(span)
    return normalised(found)


def shown(span):
    if span.size == 1:
        return str(span.start)
    return f"{span.start}-{span.end - 1}"


def normalised(spans):
    """Sorted, the empty ones left out, those that touch made one."""
    made = []
    for span in sorted(spans):
        if span.size <= 0:
            continue
        if made and made[-1].touches(span):
            last = made.pop()
            span = Span(last.start, max(last.end, span.end))
        made.append(span)
    return made


def locate(spans, value):
    """The place of the span that holds the value, by bisection; -1 where none does."""
    low, high = 0, len(spans) - 1
    while low <= high:
        middle = (low + high) // 2
        span = spans[middle]
        if span.holds(value):
            return middle
        if value < span.start:
            high = middle - 1
        else:
            low = middle + 1
    return -1
