"""Who may do what: roles inherit from other roles, denials win over grants."""


class UnknownRole(KeyError):
    pass


class Roles:
    def __init__(self):
        self.parents = {}
        self.grants = {}
        self.denials = {}

    def define(self, role, parents=(), grants=(), denials=()):
        for parent in parents:
            if parent not in self.parents:
                raise UnknownRole(parent)
        self.parents[role] = tuple(parents)
        self.grants[role] = set(grants)
        self.denials[role] = set(denials)

    def lineage(self, role):
        """The role and all it inherits from, the nearest first, each once."""
        if role not in self.parents:
            raise UnknownRole(role)
        found = []
        waiting = [role]
        while waiting:
            current = waiting.pop(0)
            if current in found:
                continue
            found.append(current)
            waiting.extend(self.parents[current])
        return found

    def allowed(self, role, action):
        lineage = self.lineage(role)
        if any(action in self.denials[one] for one in lineage):
            return False
        return any(action in self.grants[one] for one in lineage)

    def actions(self, role):
        granted, denied = set(), set()
        for one in self.lineage(role):
            granted |= self.grants[one]
            denied |= self.denials[one]
        return granted - denied


class User:
    def __init__(self, name, roles):
        self.name = name
        self.roles = list(roles)

    def can(self, book, action):
        """One role that allows it is enough, unless another one denies it."""
        denied = any(action in book.denials[one] for role in self.roles for one in book.lineage(role))
        return not denied and any(book.allowed(role, action) for role in self.roles)
