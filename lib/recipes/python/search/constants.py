"""Constants: numbers beside the right one, flags, and texts the file spells elsewhere."""

import ast

from scope import local_names
from spelling import distance


def constants(source, node, context):
    if not isinstance(node, ast.Constant) or _documents(source, node):
        return
    place = (source.start(node), source.end(node))
    value = node.value
    if value is True or value is False:
        yield 0.5, [(*place, str(not value))]
    elif value is None:
        if isinstance(source.parents.get(node), ast.Return):
            for other in ("[]", "{}", "0", "''", "False"):
                yield 0.15, [(*place, other)]
    elif isinstance(value, int):
        for other, prior in {value + 1: 0.5, value - 1: 0.5, 0: 0.3, 1: 0.3, -value: 0.2, value * 10: 0.1}.items():
            if other != value:
                yield prior, [(*place, str(other) if other >= 0 else "(%d)" % other)]
    elif isinstance(value, float):
        for other in (value * 10, value / 10, value * 100, value / 100, 1 - value, 1 + value, -value):
            yield 0.15, [(*place, repr(round(other, 12)))]
    elif isinstance(value, str) and not isinstance(source.parents.get(node), ast.JoinedStr):
        yield from _texts(source, node, place, context)


def _documents(source, node):
    return isinstance(source.parents.get(node), ast.Expr)


def _texts(source, node, place, context):
    value, quote = node.value, source.get(node)[:1]
    if quote not in "'\"":
        return
    for other in sorted(context.texts):
        if other != value and len(value) > 2 and distance(value.lower(), other.lower()) <= 2:
            yield 0.45, [(*place, repr(other) if quote in other else quote + other + quote)]
    for other in {"": [" ", ","], " ": [""], ", ": [","], ",": [", "], "\n": [""]}.get(value, ()):
        yield 0.15, [(*place, quote + other + quote)]
    if len(value) > 1:
        for other in {value.strip(), value.lower(), value.upper(), value.capitalize()} - {value}:
            if "\n" not in value and "\\" not in value:
                yield 0.15, [(*place, quote + other + quote)]


def for_names(source, node, _):
    """A constant where a name of the function was meant, and an empty list where one with an element was."""
    empty = isinstance(node, (ast.List, ast.Tuple)) and not node.elts
    number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    if not empty and not number:
        return
    place = (source.start(node), source.end(node))
    kinds = ("parameter", "variable")
    for name, kind in list(local_names(source, node).items())[:8]:
        if kind in kinds and name not in ("self", "cls"):
            yield 0.2 if empty else 0.12, [(*place, "[%s]" % name if empty else name)]
    if empty:
        yield 0.15, [(*place, "[[]]")]
