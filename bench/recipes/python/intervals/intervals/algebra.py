from .spans import Span, normalised


def union(left, right):
    return normalised([*left, *right])


def intersection(left, right):
    """What is in both; walks the two lists side by side."""
    left, right = normalised(left), normalised(right)
    made = []
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i].start, right[j].start)
        end = min(left[i].end, right[j].end)
        if start < end:
            made.append(Span(start, end))
        if left[i].end < right[j].end:
            i += 1
        else:
            j += 1
    return made


def complement(spans, within):
    """What of `within` is in none of the spans."""
    made = []
    at = within.start
    for span in normalised(spans):
        if span.end <= within.start:
            continue
        if span.start >= within.end:
            break
        if span.start > at:
            made.append(Span(at, span.start))
        at = max(at, span.end)
    if at < within.end:
        made.append(Span(at, within.end))
    return made


def difference(left, right):
    left = normalised(left)
    if not left or not right:
        return left
    whole = Span(left[0].start, left[-1].end)
    return intersection(left, complement(right, whole))


def gaps(spans):
    """Between one span and the next."""
    spans = normalised(spans)
    return [Span(a.end, b.start) for a, b in zip(spans, spans[1:])]
