from reports.table import Table


def test_equal_groups_by_name_and_small_amounts():
    rows = [{"who": "b", "price": "0.05"}, {"who": "a", "price": "0.05"}]
    assert Table(rows).lines("who", "price") == ["a  0.05", "b  0.05"]


def test_refunds():
    rows = [{"who": "a", "price": "-0.50"}, {"who": "b", "price": "2"}]
    assert Table(rows).lines("who", "price") == ["b  2.00", "a  -0.50"]
