"""Accounts with a history of entries, in cents."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    day: date
    cents: int
    note: str


class Overdrawn(Exception):
    """The account does not allow to go that far below zero."""


class Account:
    def __init__(self, owner, limit=0, entries=[]):
        self.owner = owner
        self.limit = limit
        self.entries = entries

    def deposit(self, day, cents, note=""):
        if cents <= 0:
            raise ValueError("a deposit is more than nothing")
        self._add(Entry(day, cents, note))

    def withdraw(self, day, cents, note=""):
        if cents <= 0:
            raise ValueError("a withdrawal is more than nothing")
        if self.balance() - cents < -self.limit:
            raise Overdrawn(f"{self.owner} would be at {self.balance() - cents}")
        self._add(Entry(day, -cents, note))

    def _add(self, entry):
        self.entries.append(entry)
        self.entries.sort(key=lambda one: one.day)

    def balance(self, on=None):
        return sum(one.cents for one in self.entries if on is None or one.day <= on)

    def statement(self, first, last):
        """Entries between two days, both included, each with the balance after it."""
        lines = []
        running = 0
        for entry in self.entries:
            running += entry.cents
            if first <= entry.day <= last:
                lines.append((entry.day, entry.cents, running))
        return lines


def transfer(source, target, day, cents):
    """Both or neither: the withdrawal may be refused."""
    source.withdraw(day, cents, f"to {target.owner}")
    target.deposit(day, cents, f"from {source.owner}")


def total(accounts, on=None):
    return sum(account.balance(on) for account in accounts)
