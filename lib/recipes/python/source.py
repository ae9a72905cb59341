"""A Python file as text and as a tree. Repairs are made by position, so everything else of the file stays as it is."""

import ast
import re
import warnings

_LINE_END = re.compile(r"\r\n|\r|\n")
_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Dict, ast.Set, ast.Tuple)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.Lambda, ast.ClassDef, ast.Module)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


def parse(text):
    """The tree of a text; None where it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Source:
    """Positions are offsets in characters; `ast` counts columns in bytes of UTF-8. ValueError where it does not parse."""

    def __init__(self, path, text):
        self.path, self.text = path, text
        self.tree = parse(text)
        if self.tree is None:
            raise ValueError(path + " does not parse")
        ends = list(_LINE_END.finditer(text))
        self.starts = [0] + [end.end() for end in ends]
        self.eol = ends[0].group() if ends else "\n"
        self.parents = {}
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node

    def line(self, number):
        """A line without its end; lines count from one."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")

    def offset(self, line, column):
        text = self.line(line)
        if not text.isascii():
            column = len(text.encode("utf-8")[:column].decode("utf-8", "ignore"))
        return self.starts[line - 1] + column

    def start(self, node):
        return self.offset(node.lineno, node.col_offset)

    def end(self, node):
        return self.offset(node.end_lineno, node.end_col_offset)

    def get(self, node):
        """The node as it is written."""
        return self.text[self.start(node) : self.end(node)]

    def indent(self, line):
        return re.match(r"[ \t]*", self.line(line)).group()

    def ancestors(self, node):
        """From the parent outwards."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def up(self, node, kinds):
        """The nearest ancestor of a kind, or None."""
        return next((one for one in self.ancestors(node) if isinstance(one, kinds)), None)

    def statement(self, node):
        return node if isinstance(node, ast.stmt) else self.up(node, ast.stmt)

    def block(self, statement):
        """The list of statements a statement stands in."""
        for _, value in ast.iter_fields(self.parents[statement]):
            if isinstance(value, list) and any(one is statement for one in value):
                return value
        return [statement]

    def step(self):
        """How deep one level of indentation is in this file."""
        for node in ast.walk(self.tree):
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and node.body[0].lineno > node.lineno:
                outer, inner = self.indent(node.lineno), self.indent(node.body[0].lineno)
                if inner.startswith(outer) and inner != outer:
                    return inner[len(outer) :]
        return "    "

    def applied(self, edits):
        """The text after `(start, end, text)` edits that do not overlap."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def operand(self, node):
        """The node as it can stand inside a larger expression."""
        text = self.get(node)
        return text if isinstance(node, _ATOMS) and not bare_tuple(node, text) else "(" + text + ")"


def bare_tuple(node, text):
    return isinstance(node, ast.Tuple) and not text.startswith("(")
