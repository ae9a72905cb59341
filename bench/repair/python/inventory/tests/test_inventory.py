import pytest
from inventory.stock import Line, Stock


def test_receive_and_ship():
    stock = Stock()
    stock.receive([Line("pen", 5), Line("pen", 2)])
    stock.ship([Line("pen", 3)])
    assert stock.counts == {"pen": 4}


def test_short_of_what_never_was_there():
    assert Stock({"pen": 1}).short([Line("ink", 2)]) == {"ink": 2}


def test_nothing_leaves_when_one_is_short():
    stock = Stock({"pen": 5})
    with pytest.raises(ValueError, match="short of ink"):
        stock.ship([Line("pen", 1), Line("ink", 1)])
    assert stock.counts == {"pen": 5}


def test_short_counts_lines_together():
    assert Stock({"pen": 3}).short([Line("pen", 2), Line("pen", 2)]) == {"pen": 1}


def test_reorder():
    assert Stock({"pen": 1}, {"pen": 3, "ink": 2}).reorder() == {"pen": 5, "ink": 4}


def test_report():
    assert Stock({"pen": 1}, {"ink": 2}).report() == "ink: 0\npen: 1"
