"""Lists the places of faults in Python sources, and thins test files.

Reads {"texts": {path: text}, "thin": {path: text}} on standard input, and writes {"places": {path: [place, …]}, "thinned":
{path: text}}. A place is {operator, start, end, text} with offsets in UTF-16 code units, as JavaScript counts them.
"""

import ast
import json
import sys

EARLY = (ast.Return, ast.Raise, ast.Continue, ast.Break)
BOUNDS = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">")}
COMPARED = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", ">"),
    ast.Gt: (">", "<"),
    ast.LtE: ("<=", ">="),
    ast.GtE: (">=", "<="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
COUNTED = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "//"), ast.Div: ("/", "*"), ast.FloorDiv: ("//", "*")}


class Text:
    """A source with the offsets of its nodes; `ast` counts columns in bytes of UTF-8."""

    def __init__(self, text):
        self.text = text
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def at(self, line, column):
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def of(self, node):
        start, end = self.span(node)
        return self.text[start:end]

    def units(self, offset):
        return len(self.text[:offset].encode("utf-16-le")) // 2


class Lister(ast.NodeVisitor):
    def __init__(self, text):
        self.source = Text(text)
        self.tree = ast.parse(text)
        self.found = []
        self.visit(self.tree)

    def add(self, operator, start, end, text):
        start, end = self.source.units(start), self.source.units(end)
        self.found.append({"operator": operator, "start": start, "end": end, "text": text})

    def token(self, operator, after, before, old, new):
        """The operator's sign stands between its two sides, with blanks and perhaps brackets around it."""
        start, end = self.source.span(after)[1], self.source.span(before)[0]
        at = self.source.text.find(old, start, end)
        if at >= 0:
            self.add(operator, at, at + len(old), new)

    def visit_Await(self, node):
        self.add("drop-await", self.source.span(node)[0], self.source.span(node.value)[0], "")
        self.generic_visit(node)

    def visit_If(self, node):
        if not node.orelse and len(node.body) == 1 and isinstance(node.body[0], EARLY):
            start, end = self.source.span(node)
            self.add("remove-guard", start, end, "pass")
        self.generic_visit(node)

    def visit_ImportFrom(self, node):
        """Another name of the same import, under the name that was meant."""
        for one in node.names:
            for other in node.names:
                if one.name != other.name and "*" not in (one.name, other.name):
                    start, end = self.source.span(one)
                    self.add("wrong-import", start, end, f"{other.name} as {one.asname or one.name}")
        self.generic_visit(node)

    def visit_Call(self, node):
        for left, right in zip(node.args, node.args[1:]):
            a, b = self.source.of(left), self.source.of(right)
            if a != b and not isinstance(left, ast.Starred) and not isinstance(right, ast.Starred):
                start, end = self.source.span(left)[0], self.source.span(right)[1]
                between = self.source.text[self.source.span(left)[1] : self.source.span(right)[0]]
                # Generators without brackets stand alone only, and brackets belong to no node.
                if not {"(", ")"} & set(between):
                    self.add("swap-arguments", start, end, b + between + a)
        self.optional(node)
        self.generic_visit(node)

    def optional(self, node):
        """`d.get(k)` → `d[k]`: Python's way to ask for what may not be there."""
        asked = node.func
        if isinstance(asked, ast.Attribute) and asked.attr == "get" and 1 <= len(node.args) <= 2 and not node.keywords:
            if not isinstance(node.args[0], ast.Starred):
                start, end = self.source.span(asked.value)[1], self.source.span(node)[1]
                self.add("drop-optional", start, end, f"[{self.source.of(node.args[0])}]")

    def visit_Compare(self, node):
        left = node.left
        for sign, right in zip(node.ops, node.comparators):
            if type(sign) in BOUNDS:
                self.token("off-by-one", left, right, *BOUNDS[type(sign)])
            if type(sign) in COMPARED:
                self.token("wrong-operator", left, right, *COMPARED[type(sign)])
            left = right
        self.generic_visit(node)

    def visit_BinOp(self, node):
        if type(node.op) in COUNTED:
            self.token("wrong-operator", node.left, node.right, *COUNTED[type(node.op)])
        one = isinstance(node.right, ast.Constant) and node.right.value == 1 and type(node.right.value) is int
        if isinstance(node.op, (ast.Add, ast.Sub)) and one:
            sign = "+" if isinstance(node.op, ast.Add) else "-"
            start, end = self.source.span(node.left)[1], self.source.span(node.right)[1]
            if self.source.text[start:end].replace(" ", "") == sign + "1":
                self.add("off-by-one", start, end, "")
        self.generic_visit(node)

    def visit_Subscript(self, node):
        bounds = [node.slice.lower, node.slice.upper] if isinstance(node.slice, ast.Slice) else [node.slice]
        for bound in bounds:
            if isinstance(bound, ast.Constant) and type(bound.value) is int:
                self.add("off-by-one", *self.source.span(bound), str(bound.value + 1))
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:]):
            self.token("wrong-operator", left, right, old, new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            self.add("wrong-operator", self.source.span(node)[0], self.source.span(node.operand)[0], "")
        self.generic_visit(node)

    def visit_Return(self, node):
        if node.value is not None:
            start = self.source.span(node)[0]
            self.add("missing-return", start, self.source.span(node.value)[0], "")
        self.generic_visit(node)


def valid(text, place):
    """Whether it still parses, and means something else: brackets belong to no node, so a sign may be inside some."""
    units = text.encode("utf-16-le")
    made = units[: place["start"] * 2] + place["text"].encode("utf-16-le") + units[place["end"] * 2 :]
    try:
        return ast.dump(ast.parse(made.decode("utf-16-le"))) != ast.dump(ast.parse(text))
    except SyntaxError:
        return False


def thinned(text):
    """Without every second test function, a test that is alone kept."""
    source = Text(text)
    tests = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test"):
            first = min([node.lineno, *[one.lineno for one in node.decorator_list]])
            tests.append((first, node.end_lineno))
    for first, last in reversed(sorted(tests)[1::2]):
        source.lines[first - 1 : last] = []
    return "".join(source.lines)


def main():
    asked = json.load(sys.stdin)
    places = {}
    for path, text in asked["texts"].items():
        places[path] = [one for one in Lister(text).found if valid(text, one)]
    json.dump({"places": places, "thinned": {path: thinned(text) for path, text in asked["thin"].items()}}, sys.stdout)


main()
