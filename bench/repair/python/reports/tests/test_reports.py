from reports.table import Table

TEXT = """
region, product, price
north, pen, 1.50
south, ink, 12
north, ink, 11.05
"""


def test_sums():
    assert Table.from_csv(TEXT).sums("region", "price") == {"north": 1255, "south": 1200}


def test_lines():
    assert Table.from_csv(TEXT).lines("region", "price") == ["north  12.55", "south  12.00"]


def test_where():
    assert Table.from_csv(TEXT).where(product="ink").sums("region", "price") == {"north": 1105, "south": 1200}


def test_nothing():
    assert Table([]).lines("region", "price") == []
