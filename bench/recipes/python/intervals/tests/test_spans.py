import pytest
from intervals.spans import Span, locate, normalised, parse_list, parse_span, shown


def test_size():
    assert Span(2, 7).size == 5


def test_size_of_an_empty_span():
    assert Span(4, 4).size == 0


def test_holds_its_start_and_not_its_end():
    assert Span(2, 5).holds(2)
    assert not Span(2, 5).holds(5)


def test_holds_what_is_inside():
    assert Span(2, 5).holds(4)
    assert not Span(2, 5).holds(1)


def test_touches_where_one_ends():
    assert Span(0, 3).touches(Span(3, 4))
    assert not Span(0, 3).touches(Span(4, 5))


def test_touches_both_ways():
    assert Span(3, 4).touches(Span(0, 3))
    assert not Span(4, 5).touches(Span(0, 3))


def test_parse_a_range():
    assert parse_span("3-7") == Span(3, 8)


def test_parse_one_number():
    assert parse_span(" 5 ") == Span(5, 6)


def test_parse_nothing():
    assert parse_span("  ") is None


def test_parse_backwards():
    with pytest.raises(ValueError, match="ends before"):
        parse_span("7-3")


def test_parse_a_range_of_one():
    assert parse_span("4-4") == Span(4, 5)


def test_parse_list_with_a_hole():
    assert parse_list("1-2,,4") == [Span(1, 3), Span(4, 5)]


def test_parse_list_joins():
    assert parse_list("3,1-2") == [Span(1, 4)]


def test_shown():
    assert shown(Span(3, 8)) == "3-7"
    assert shown(Span(3, 4)) == "3"


def test_shown_and_parsed_again():
    assert [shown(span) for span in parse_list("9,1-3")] == ["1-3", "9"]


def test_normalised_sorts():
    assert normalised([Span(5, 6), Span(1, 2)]) == [Span(1, 2), Span(5, 6)]


def test_normalised_joins_overlaps():
    assert normalised([Span(1, 5), Span(2, 3), Span(4, 9)]) == [Span(1, 9)]


def test_normalised_drops_empty_ones():
    assert normalised([Span(1, 1), Span(3, 2)]) == []


def test_locate():
    spans = [Span(0, 2), Span(4, 6), Span(8, 9)]
    assert [locate(spans, n) for n in (0, 5, 8)] == [0, 1, 2]


def test_locate_nothing():
    spans = [Span(0, 2), Span(4, 6), Span(8, 9)]
    assert [locate(spans, n) for n in (-1, 2, 6, 9)] == [-1, -1, -1, -1]


def test_locate_in_nothing():
    assert locate([], 3) == -1


def test_locate_in_one():
    assert locate([Span(3, 4)], 3) == 0
