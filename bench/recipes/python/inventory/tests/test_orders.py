import pytest
from inventory.orders import merged, page, receipt, reserve_all, to_order
from inventory.stock import Stock


def test_reserve_all():
    stock = Stock({"nut": 2, "bolt": 1})
    assert reserve_all(stock, [("nut", 1), ("bolt", 1)]) == {}
    assert stock.reserved == {"nut": 1, "bolt": 1}


def test_reserve_none():
    stock = Stock({"nut": 2, "bolt": 1})
    assert reserve_all(stock, [("nut", 1), ("bolt", 3)]) == {"bolt": 2}
    assert stock.reserved == {}


def test_missing_is_added_up():
    assert reserve_all(Stock(), [("nut", 1), ("nut", 2)]) == {"nut": 3}


def test_to_order():
    assert to_order(Stock({"nut": 2}), {"nut": 5, "bolt": 1}) == {"bolt": 1, "nut": 3}


def test_to_order_nothing():
    assert to_order(Stock({"nut": 5}), {"nut": 5}) == {}


def test_to_order_in_packs():
    assert to_order(Stock(), {"nut": 21}, {"nut": 10}) == {"nut": 3}


def test_to_order_whole_packs():
    assert to_order(Stock(), {"nut": 20}, {"nut": 10}) == {"nut": 2}


def test_merged():
    assert merged(Stock({"nut": 2}), Stock({"nut": 1, "bolt": 1})).counts == {"nut": 3, "bolt": 1}


def test_merged_nothing():
    assert merged().counts == {}


def test_first_page():
    assert page([1, 2, 3, 4, 5], 1, 2) == ([1, 2], 3)


def test_last_page():
    assert page([1, 2, 3, 4, 5], 3, 2) == ([5], 3)


def test_page_beyond():
    assert page([1, 2, 3, 4], 9, 2) == ([3, 4], 2)
    assert page([1, 2, 3, 4], 0, 2) == ([1, 2], 2)


def test_page_of_nothing():
    assert page([], 1, 2) == ([], 1)


def test_page_without_lines():
    with pytest.raises(ValueError, match="at least one line"):
        page([1], 1, 0)
    assert page([1], 1, 1) == ([1], 1)


def test_receipt():
    assert receipt([("nut", 2), ("bolt", 1)], {"nut": 10, "bolt": 5}) == ("2 x nut, 1 x bolt", 25)


def test_receipt_with_a_discount():
    assert receipt([("nut", 10)], {"nut": 10}, (5, 100)) == ("10 x nut", 95)


def test_receipt_below_the_discount():
    assert receipt([("nut", 9)], {"nut": 10}, (5, 100)) == ("9 x nut", 90)
