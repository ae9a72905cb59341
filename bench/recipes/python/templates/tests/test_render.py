import pytest
from templates import TemplateError, render
from templates.render import look_up, shortened, title


def test_text_alone():
    assert render("plain") == "plain"


def test_nothing():
    assert render("") == ""


def test_a_value():
    assert render("Hello {{ name }}!", {"name": "Ann"}) == "Hello Ann!"


def test_two_values():
    assert render("{{a}}-{{b}}", {"a": 1, "b": 2}) == "1-2"


def test_a_value_that_is_missing():
    assert render("[{{ name }}]") == "[]"


def test_a_path():
    assert render("{{ user.names.1 }}", {"user": {"names": ["a", "b"]}}) == "b"


def test_a_value_of_zero():
    assert render("{{ n }}", {"n": 0}) == "0"


def test_filters_in_order():
    assert render("{{ name | lower | title }}", {"name": "ANN LEE"}) == "Ann Lee"


def test_upper():
    assert render("{{ name | upper }}", {"name": "Ann"}) == "ANN"


def test_an_unknown_filter():
    with pytest.raises(TemplateError, match="line 2: there is no filter loud"):
        render("\n{{ name | loud }}", {"name": "Ann"})


def test_if():
    assert render("{% if on %}yes{% end %}", {"on": True}) == "yes"


def test_if_not_there():
    assert render("{% if on %}yes{% end %}") == ""


def test_if_not():
    assert render("{% if not on %}no{% end %}", {"on": False}) == "no"


def test_else():
    assert render("{% if on %}yes{% else %}no{% end %}", {"on": 0}) == "no"


def test_if_inside_if():
    assert render("{% if a %}1{% if b %}2{% end %}3{% end %}4", {"a": 1}) == "134"


def test_for():
    assert render("{% for x in xs %}<{{ x }}>{% end %}", {"xs": [1, 2]}) == "<1><2>"


def test_for_with_the_index():
    assert render("{% for x in xs %}{{ loop.index }}{{ x }}{% end %}", {"xs": "ab"}) == "1a2b"


def test_for_with_the_last():
    line = "{% for x in xs %}{{ x }}{% if not loop.last %}, {% end %}{% end %}"
    assert render(line, {"xs": ["a", "b", "c"]}) == "a, b, c"


def test_for_of_nothing():
    assert render("a{% for x in xs %}{{ x }}{% end %}b") == "ab"


def test_look_up_beyond_the_end():
    assert look_up({"xs": [1]}, "xs.1") is None
    assert look_up({"xs": [1]}, "xs.0") == 1


def test_look_up_in_a_number():
    assert look_up({"n": 3}, "n.x") is None


def test_title():
    assert title("a bc  d") == "A Bc  D"


def test_shortened():
    assert shortened("abcdef", 4) == "abc…"


def test_short_enough():
    assert shortened("abcd", 4) == "abcd"
