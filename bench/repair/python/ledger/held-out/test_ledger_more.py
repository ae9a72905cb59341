from datetime import date

from ledger.account import Account, Entry

DAY = date(2024, 3, 1)


def test_entries_given_are_kept():
    entries = [Entry(DAY, 7, "opening")]
    account = Account("ann", entries=entries)
    account.deposit(DAY, 3)
    assert account.balance() == 10
    assert Account("ben").entries == []


def test_an_empty_list_given_is_the_list_used():
    entries = []
    Account("ann", entries=entries).deposit(DAY, 3)
    assert len(entries) == 1
