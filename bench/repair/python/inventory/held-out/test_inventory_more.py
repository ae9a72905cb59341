import pytest
from inventory.stock import Line, Stock


def test_what_is_unknown_is_short_by_all_of_it():
    stock = Stock({"pen": 2})
    assert stock.short([Line("ink", 3), Line("pen", 4), Line("ink", 1)]) == {"ink": 4, "pen": 2}
    assert stock.counts == {"pen": 2}


def test_an_unknown_thing_among_known_ones():
    with pytest.raises(ValueError, match="short of cap, ink"):
        Stock({"pen": 2}).ship([Line("ink", 1), Line("pen", 1), Line("cap", 1)])
