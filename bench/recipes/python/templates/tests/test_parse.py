import pytest
from templates.parse import parse
from templates.scan import TemplateError, line_of, scan


def test_scan():
    assert list(scan("a{{ b }}\n{% c %}d")) == [
        ("text", "a", 1),
        ("value", "b", 1),
        ("text", "\n", 1),
        ("block", "c", 2),
        ("text", "d", 2),
    ]


def test_scan_marks_alone():
    assert list(scan("{{a}}{{b}}")) == [("value", "a", 1), ("value", "b", 1)]


def test_line_of():
    assert line_of("a\nb\nc", 2) == 2


def test_line_of_the_start():
    assert line_of("a\nb", 0) == 1


def test_parse_a_value():
    assert parse("{{ a.b | upper }}") == [("value", "a.b", ["upper"], 1)]


def test_parse_a_for():
    assert parse("{% for x in xs %}a{% end %}") == [("for", "x", "xs", [("text", "a")])]


def test_parse_an_if():
    assert parse("{% if x %}a{% else %}b{% end %}c") == [
        ("if", "x", False, [("text", "a")], [("text", "b")]),
        ("text", "c"),
    ]


def test_a_value_without_a_name():
    with pytest.raises(TemplateError, match="line 1: a value has no name"):
        parse("{{ }}")


def test_an_end_without_a_beginning():
    with pytest.raises(TemplateError, match="end without a beginning"):
        parse("a{% end %}")


def test_no_end():
    with pytest.raises(TemplateError, match="line 2: for has no end"):
        parse("{% for x in xs %}\n{{ x }}")


def test_an_if_without_an_end():
    with pytest.raises(TemplateError, match="if has no end"):
        parse("{% if x %}a")


def test_an_unknown_block():
    with pytest.raises(TemplateError, match="line 3: while x is not known"):
        parse("a\n\n{% while x %}")


def test_a_for_without_in():
    with pytest.raises(TemplateError, match="is not known"):
        parse("{% for x of xs %}{% end %}")
