import pytest
from inventory.stock import NotEnough, Stock


def test_free_of_what_is_there():
    assert Stock({"nut": 3}).free("nut") == 3


def test_free_of_what_is_not_there():
    assert Stock().free("nut") == 0


def test_add_twice():
    stock = Stock()
    stock.add("nut", 2)
    assert stock.add("nut", 3) == 5


def test_add_nothing():
    with pytest.raises(ValueError, match="at least one"):
        Stock().add("nut", 0)


def test_reserve():
    stock = Stock({"nut": 3})
    stock.reserve("nut", 2)
    assert stock.free("nut") == 1


def test_reserve_twice():
    stock = Stock({"nut": 3})
    stock.reserve("nut", 1)
    stock.reserve("nut", 2)
    assert stock.free("nut") == 0


def test_reserve_all_there_is():
    stock = Stock({"nut": 3})
    stock.reserve("nut", 3)
    assert stock.reserved == {"nut": 3}


def test_reserve_too_much():
    with pytest.raises(NotEnough) as caught:
        Stock({"nut": 3}).reserve("nut", 5)
    assert caught.value.missing == 2
    assert str(caught.value) == "nut: 5 wanted, 3 free"


def test_release_a_part():
    stock = Stock({"nut": 5})
    stock.reserve("nut", 4)
    assert stock.release("nut", 1) == 3
    assert stock.free("nut") == 2


def test_release_all():
    stock = Stock({"nut": 5})
    stock.reserve("nut", 4)
    assert stock.release("nut", 9) == 0
    assert stock.reserved == {}


def test_release_nothing():
    assert Stock().release("nut", 1) == 0


def test_ship():
    stock = Stock({"nut": 5})
    stock.reserve("nut", 4)
    stock.ship("nut", 3)
    assert (stock.counts, stock.reserved) == ({"nut": 2}, {"nut": 1})


def test_ship_the_last():
    stock = Stock({"nut": 2})
    stock.reserve("nut", 2)
    stock.ship("nut", 2)
    assert stock.counts == {}


def test_ship_what_is_not_reserved():
    with pytest.raises(NotEnough):
        Stock({"nut": 2}).ship("nut", 1)


def test_value():
    assert Stock({"nut": 2, "bolt": 3}).value({"nut": 10, "bolt": 5}) == 35


def test_value_without_a_price():
    assert Stock({"nut": 2, "bolt": 3}).value({"bolt": 5}) == 15
