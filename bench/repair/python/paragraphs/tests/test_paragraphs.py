import pytest
from paragraphs.layout import block, columns, justify, wrap


def test_wrap():
    assert wrap("the quick brown fox", 9) == ["the quick", "brown fox"]


def test_one_line():
    assert wrap("hello", 10) == ["hello"]


def test_a_long_word_stands_alone():
    assert wrap("a incomprehensible b", 5) == ["a", "incomprehensible", "b"]


def test_justify():
    assert justify("a b c", 8) == "a   b  c"


def test_block():
    assert block("aa bb cc dd ee", 6) == ["aa  bb", "cc  dd", "ee"]


def test_columns():
    assert columns("a b", "c", 1, gap=1) == ["a c", "b"]


def test_width():
    with pytest.raises(ValueError):
        wrap("a", 0)
