import math

from paging.pages import Paginator


def test_counts_for_all_sizes():
    for size in range(1, 8):
        for length in range(1, 40):
            assert Paginator(range(length), size).count() == math.ceil(length / size)


def test_no_page_is_empty():
    for length in (1, 10, 11, 20):
        assert all(page.items for page in Paginator(range(length)))
