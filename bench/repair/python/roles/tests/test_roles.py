import pytest
from roles.access import Roles, UnknownRole, User


@pytest.fixture
def book():
    roles = Roles()
    roles.define("reader", grants=["read"])
    roles.define("writer", parents=["reader"], grants=["write"])
    roles.define("admin", parents=["writer"], grants=["delete"])
    roles.define("guest", denials=["write"])
    return roles


def test_own_grants(book):
    assert book.allowed("reader", "read")
    assert not book.allowed("reader", "write")


def test_parent(book):
    assert book.allowed("writer", "read")


def test_grandparent(book):
    assert book.allowed("admin", "read")
    assert book.lineage("admin") == ["admin", "writer", "reader"]


def test_actions(book):
    assert book.actions("admin") == {"read", "write", "delete"}


def test_denial_wins(book):
    assert not User("ann", ["writer", "guest"]).can(book, "write")
    assert User("ann", ["writer", "guest"]).can(book, "read")


def test_unknown(book):
    with pytest.raises(UnknownRole):
        book.lineage("owner")
