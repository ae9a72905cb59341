"""Sets of half-open intervals `[start, end)` over whole numbers, kept sorted and apart from each other."""

from .algebra import complement, difference, intersection, union
from .spans import Span, normalised, parse_span

__all__ = ["Span", "complement", "difference", "intersection", "normalised", "parse_span", "union"]
