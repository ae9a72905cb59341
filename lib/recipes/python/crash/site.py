"""Where a program failed and what stands there."""

import ast

from search.context import Context
from source import FUNCTIONS


class Crash:
    """ValueError where the file is not among those given, or does not parse."""

    def __init__(self, task):
        crash = task["crash"]
        self.type, self.message = crash["type"], crash["message"]
        self.line, self.column = crash["line"], crash.get("column")
        self.files, self.frames = task["files"], task.get("frames", [])
        self.context = Context(task["files"], [])
        self.source = self.context.sources.get(crash["path"])
        if self.source is None:
            raise ValueError(crash["path"] + " is not among the files given, or does not parse")
        self.context.enter(self.source)

    def nodes(self, kind):
        """Nodes of a kind on the failing line: those that begin where Python points come first."""
        found = []
        for node in ast.walk(self.source.tree):
            if isinstance(node, kind) and node.lineno <= self.line <= node.end_lineno:
                simple = not isinstance(node, ast.stmt) or node.lineno == self.line
                if simple and (isinstance(node, ast.stmt) or self.line in (node.lineno, node.end_lineno)):
                    found.append(node)
        begins = self.column is not None and (self.line, self.column - 1)
        return sorted(found, key=lambda node: (node.lineno, self._characters(node)) != begins)

    def _characters(self, node):
        return self.source.start(node) - self.source.starts[node.lineno - 1]

    def function(self):
        """The innermost function around the failing line, or None."""
        found = [node for node in ast.walk(self.source.tree) if isinstance(node, FUNCTIONS)]
        inside = [node for node in found if node.lineno <= self.line <= node.end_lineno]
        return max(inside, key=lambda node: node.lineno, default=None)

    def classes(self):
        """`{name: [(source, class)]}` of the repository."""
        found = {}
        for source in self.context.sources.values():
            for node in ast.walk(source.tree):
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append((source, node))
        return found

    def module(self, name):
        """The source of a module by its dotted name, as imports of the repository may spell it; None if unknown."""
        ends = (name.replace(".", "/") + ".py", name.replace(".", "/") + "/__init__.py")
        for path, source in sorted(self.context.sources.items(), key=lambda one: len(one[0])):
            if any(path == end or path.endswith("/" + end) for end in ends):
                return source
        return None
