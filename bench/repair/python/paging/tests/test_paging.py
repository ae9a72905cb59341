from paging.pages import Paginator, index_of


def test_counts():
    assert Paginator(range(25)).count() == 3
    assert Paginator([]).count() == 1
    assert Paginator(range(5)).count() == 1


def test_a_full_last_page():
    assert Paginator(range(20)).count() == 2
    assert Paginator(range(20)).page(2).last


def test_pages():
    assert [page.items for page in Paginator("abcde", 2)] == [["a", "b"], ["c", "d"], ["e"]]


def test_out_of_range():
    assert Paginator(range(25)).page(99).number == 3
    assert Paginator(range(25)).page(-1).first


def test_links():
    assert Paginator(range(95)).links(5) == [1, None, 4, 5, 6, None, 10]


def test_index():
    assert index_of(Paginator("abcde", 2), "e") == 3
    assert index_of(Paginator("abcde", 2), "x") is None
