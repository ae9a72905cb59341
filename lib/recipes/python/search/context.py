"""What all operators look at: the files, what they define and call, and what the failing tests expected."""

import ast
import posixpath

from scope import attributes_of, functions_in
from source import FUNCTIONS, LOOPS, Source, parse

_ENDINGS_MAX = 4


class Context:
    def __init__(self, files, failures):
        self.sources = {}
        for path, text in files.items():
            if path.endswith((".py", ".pyi")) and parse(text) is not None:
                self.sources[path] = Source(path, text)
        self.called, self.read = attributes_of(self.sources.values())
        self.functions = {}
        for source in self.sources.values():
            for function, _ in functions_in(source.tree):
                self.functions.setdefault(function.name, []).append(function)
            for node in source.tree.body:
                if isinstance(node, ast.ClassDef):
                    inits = [one for one in node.body if isinstance(one, FUNCTIONS) and one.name == "__init__"]
                    self.functions.setdefault(node.name, []).extend(inits)
        self.texts = frozenset()
        self.failures = failures

    def defined(self, path):
        """Names a file defines at its top: functions, classes and variables."""
        found = []
        for node in self.sources[path].tree.body:
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                found.append(node.name)
            elif isinstance(node, ast.Assign):
                found.extend(one.id for one in node.targets if isinstance(one, ast.Name))
        return found

    def module(self, path, node):
        """The file an `ast.ImportFrom` in `path` takes its names from; None where it is not one of these."""
        parts = (node.module or "").split(".") if node.module else []
        home = posixpath.dirname(path)
        for _ in range(max(0, node.level - 1)):
            home = posixpath.dirname(home)
        places = [home] if node.level else ["", home, "src"]
        for place in places:
            base = posixpath.join(place, *parts)
            for ending in (".py", "/__init__.py"):
                if base + ending in self.sources:
                    return base + ending
        return None

    def enter(self, source):
        """Before the operators look at a file: the short texts it names."""
        found = {one.value for one in ast.walk(source.tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
        self.texts = frozenset(text for text in found if 1 < len(text) <= 40 and "\n" not in text and "\\" not in text)

    @staticmethod
    def near(source, node):
        """Names within three lines of a node: what is meant is mostly close."""
        line = node.lineno
        around = range(max(1, line - 3), min(len(source.starts), line + 3) + 1)
        words = " ".join(source.line(one) for one in around)
        return set("".join(one if one.isalnum() or one == "_" else " " for one in words).split())

    @staticmethod
    def endings(source, node):
        """How the guards of the function, then of the file, end: `return None`, `continue`, `raise ValueError(…)`."""
        function = source.up(node, FUNCTIONS)
        loop = source.up(node, (*LOOPS, *FUNCTIONS))
        found = []
        for home in (function, source.tree):
            for guard in ast.walk(home):
                if isinstance(guard, ast.If) and len(guard.body) == 1 and guard.body[0].lineno == guard.body[0].end_lineno:
                    ending = guard.body[0]
                    fits = isinstance(ending, (ast.Return, ast.Raise))
                    fits = fits or (isinstance(ending, (ast.Continue, ast.Break)) and isinstance(loop, LOOPS))
                    names = {one.id for one in ast.walk(ending) if isinstance(one, ast.Name)}
                    known = home is function or not names or isinstance(ending, ast.Raise) and len(names) == 1
                    if fits and known and source.get(ending) not in found:
                        found.append(source.get(ending))
        if isinstance(loop, LOOPS) and "continue" not in found:
            found.append("continue")
        return found[:_ENDINGS_MAX]
