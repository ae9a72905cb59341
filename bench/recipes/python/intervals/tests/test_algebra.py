from intervals.algebra import complement, difference, gaps, intersection, union
from intervals.spans import Span


def test_union():
    assert union([Span(0, 2)], [Span(1, 4), Span(6, 7)]) == [Span(0, 4), Span(6, 7)]


def test_union_with_nothing():
    assert union([], [Span(6, 7)]) == [Span(6, 7)]


def test_intersection():
    assert intersection([Span(0, 5), Span(7, 9)], [Span(3, 8)]) == [Span(3, 5), Span(7, 8)]


def test_intersection_of_neighbours_is_empty():
    assert intersection([Span(0, 3)], [Span(3, 5)]) == []


def test_intersection_walks_both():
    assert intersection([Span(0, 10)], [Span(1, 2), Span(4, 5)]) == [Span(1, 2), Span(4, 5)]


def test_intersection_of_many():
    assert intersection([Span(0, 2), Span(4, 6)], [Span(1, 5), Span(5, 8)]) == [Span(1, 2), Span(4, 6)]


def test_complement():
    assert complement([Span(2, 4)], Span(0, 6)) == [Span(0, 2), Span(4, 6)]


def test_complement_of_nothing():
    assert complement([], Span(0, 6)) == [Span(0, 6)]


def test_complement_at_the_edges():
    assert complement([Span(-3, 1), Span(5, 9)], Span(0, 6)) == [Span(1, 5)]


def test_complement_ignores_what_is_outside():
    assert complement([Span(-3, -1), Span(8, 9)], Span(0, 6)) == [Span(0, 6)]


def test_complement_of_everything():
    assert complement([Span(-1, 9)], Span(0, 6)) == []


def test_difference():
    assert difference([Span(0, 6)], [Span(2, 3), Span(5, 9)]) == [Span(0, 2), Span(3, 5)]


def test_difference_of_nothing():
    assert difference([], [Span(2, 3)]) == []


def test_difference_without_anything():
    assert difference([Span(1, 2), Span(2, 3)], []) == [Span(1, 3)]


def test_difference_keeps_holes():
    assert difference([Span(0, 2), Span(4, 6)], [Span(5, 6)]) == [Span(0, 2), Span(4, 5)]


def test_gaps():
    assert gaps([Span(0, 1), Span(3, 4), Span(9, 10)]) == [Span(1, 3), Span(4, 9)]


def test_no_gaps():
    assert gaps([Span(0, 1)]) == []
