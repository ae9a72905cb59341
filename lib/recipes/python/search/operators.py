"""Comparison, boolean and arithmetic operators: the classical replacements of mutation testing, turned around."""

import ast
import re

COMPARISONS = {
    "<": {"<=": 0.9, ">": 0.5, ">=": 0.4, "!=": 0.2},
    "<=": {"<": 0.9, ">=": 0.5, ">": 0.4, "==": 0.2},
    ">": {">=": 0.9, "<": 0.5, "<=": 0.4, "!=": 0.2},
    ">=": {">": 0.9, "<=": 0.5, "<": 0.4, "==": 0.2},
    "==": {"!=": 0.6, "<=": 0.35, ">=": 0.35, "in": 0.15, "is": 0.1},
    "!=": {"==": 0.6, ">": 0.25, "<": 0.25, "not in": 0.1},
    "is": {"is not": 0.6, "==": 0.5},
    "is not": {"is": 0.6, "!=": 0.4},
    "in": {"not in": 0.6, "==": 0.2},
    "not in": {"in": 0.6, "!=": 0.1},
}
ARITHMETIC = {
    "+": {"-": 0.6, "*": 0.25},
    "-": {"+": 0.6, "%": 0.1},
    "*": {"+": 0.3, "**": 0.3, "/": 0.3, "//": 0.2},
    "/": {"//": 0.6, "*": 0.4},
    "//": {"/": 0.5, "%": 0.4, "*": 0.2},
    "%": {"//": 0.5, "/": 0.2},
    "**": {"*": 0.5},
    "&": {"|": 0.6, "^": 0.4},
    "|": {"&": 0.6, "^": 0.3, "+": 0.1},
    "^": {"&": 0.5, "|": 0.5, "**": 0.4},
    "<<": {">>": 0.6},
    ">>": {"<<": 0.6},
}
NAMES = {
    **{ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is"},
    **{ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in", ast.Add: "+", ast.Sub: "-", ast.Mult: "*"},
    **{ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**", ast.BitAnd: "&", ast.BitOr: "|"},
    **{ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>"},
}
_ASYMMETRIC = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.Add)


def token(source, start, end, name):
    """Where an operator stands between two operands: `(start, end)`; None where a comment hides it."""
    between = source.text[start:end]
    pattern = r"\bis\s+not\b|\bnot\s+in\b|\bis\b|\bin\b" if name[0].isalpha() else re.escape(name)
    found = re.search(pattern, between)
    return (start + found.start(), start + found.end()) if found and "#" not in between else None


def comparisons(source, node, _):
    if not isinstance(node, ast.Compare):
        return
    sides = [node.left, *node.comparators]
    for at, operator in enumerate(node.ops):
        name = NAMES[type(operator)]
        place = token(source, source.end(sides[at]), source.start(sides[at + 1]), name)
        for other, prior in COMPARISONS[name].items() if place else ():
            yield prior, [(*place, other)]


def both(source, node, _):
    """The two ends of a range tested in one condition, changed alike: `a <= x and x <= b`."""
    if not isinstance(node, ast.BoolOp) or not all(isinstance(one, ast.Compare) for one in node.values):
        return
    kinds = {type(one.ops[0]) for one in node.values}
    if len(kinds) != 1 or any(len(one.ops) != 1 for one in node.values):
        return
    name = NAMES[kinds.pop()]
    places = [token(source, source.end(one.left), source.start(one.comparators[0]), name) for one in node.values]
    for other, prior in COMPARISONS[name].items() if all(places) else ():
        if prior >= 0.4:
            yield prior * 0.8, [(*place, other) for place in places]


def booleans(source, node, _):
    """`and` for `or`, and each operand left out."""
    if not isinstance(node, ast.BoolOp):
        return
    name, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    gaps = [(source.end(a), source.start(b)) for a, b in zip(node.values, node.values[1:])]
    edits = []
    for start, end in gaps:
        found = re.search(r"\b%s\b" % name, source.text[start:end])
        edits += [(start + found.start(), start + found.end(), other)] if found else []
    if len(edits) == len(gaps):
        yield 0.6, edits
    for at in range(len(node.values)):
        if at == 0:
            yield 0.25, [(source.start(node.values[0]), source.start(node.values[1]), "")]
        else:
            yield 0.25, [(source.end(node.values[at - 1]), source.end(node.values[at]), "")]


def arithmetic(source, node, _):
    if isinstance(node, ast.AugAssign):
        name = NAMES[type(node.op)] if type(node.op) in NAMES else None
        place = token(source, source.end(node.target), source.start(node.value), name + "=") if name else None
        for other, prior in ARITHMETIC.get(name, {}).items() if place else ():
            yield prior, [(*place, other + "=")]
        if place:
            yield 0.3, [(*place, "=")]
    if not isinstance(node, ast.BinOp) or type(node.op) not in NAMES:
        return
    name = NAMES[type(node.op)]
    place = token(source, source.end(node.left), source.start(node.right), name)
    for other, prior in ARITHMETIC[name].items() if place else ():
        yield prior, [(*place, other)]


def operands(source, node, _):
    """Operands swapped, left out or grouped anew, signs dropped."""
    whole = (source.start(node), source.end(node)) if isinstance(node, (ast.BinOp, ast.UnaryOp)) else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not, ast.Invert)):
        yield 0.45, [(*whole, source.get(node.operand))]
    if not isinstance(node, ast.BinOp):
        return
    left, right = source.operand(node.left), source.operand(node.right)
    yield 0.35, [(*whole, left)]
    yield 0.3, [(*whole, right)]
    if isinstance(node.op, _ASYMMETRIC) and left != right:
        spots = [(source.start(one), source.end(one)) for one in (node.left, node.right)]
        yield 0.4, [(*spots[0], right), (*spots[1], left)]
    for inner, outer_first in ((node.right, True), (node.left, False)):
        if not isinstance(inner, ast.BinOp) or type(inner.op) not in NAMES:
            continue
        a, b, c = (node.left, inner.left, inner.right) if outer_first else (inner.left, inner.right, node.right)
        one, two = (node.op, inner.op) if outer_first else (inner.op, node.op)
        texts = [source.operand(part) for part in (a, b, c)]
        one, two = NAMES[type(one)], NAMES.get(type(two), "")
        if two and outer_first:
            yield 0.35, [(*whole, "(%s %s %s) %s %s" % (texts[0], one, texts[1], two, texts[2]))]
        elif two:
            yield 0.3, [(*whole, "%s %s (%s %s %s)" % (texts[0], one, texts[1], two, texts[2]))]
