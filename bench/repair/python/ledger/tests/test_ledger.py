from datetime import date

import pytest
from ledger.account import Account, Entry, Overdrawn, total, transfer

DAY = date(2024, 3, 1)


def test_two_accounts_are_two():
    ann, ben = Account("ann"), Account("ben")
    ann.deposit(DAY, 500)
    assert ann.balance() == 500
    assert ben.balance() == 0


def test_transfer_moves_money():
    ann, ben = Account("ann"), Account("ben")
    ann.deposit(DAY, 500)
    transfer(ann, ben, DAY, 200)
    assert ann.balance() == 300
    assert ben.balance() == 200


def test_overdrawn():
    account = Account("ann", limit=100, entries=[Entry(DAY, 50, "opening")])
    account.withdraw(DAY, 150)
    with pytest.raises(Overdrawn):
        account.withdraw(DAY, 1)


def test_statement_has_running_balances():
    account = Account("ann", entries=[Entry(date(2024, 2, 1), 10, ""), Entry(DAY, 20, "")])
    assert account.statement(DAY, DAY) == [(DAY, 20, 30)]


def test_total():
    first, second = (Account(name, entries=[Entry(DAY, 5, "")]) for name in ("a", "b"))
    assert total([first, second]) == 10
