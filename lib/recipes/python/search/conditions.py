"""Conditions negated, and widened or narrowed by a test that the names around them suggest."""

import ast

from scope import local_names

_NAMES_MAX = 8


def _tests(source, node):
    parent = source.parents.get(node)
    if isinstance(parent, (ast.If, ast.While, ast.IfExp)) and parent.test is node:
        return True
    return isinstance(parent, ast.comprehension) and node in parent.ifs


def negated(source, node, _):
    if not isinstance(node, ast.expr):
        return
    returned = isinstance(source.parents.get(node), ast.Return) and isinstance(node, (ast.Compare, ast.BoolOp, ast.Call))
    if not (_tests(source, node) or returned):
        return
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return
    prior = 0.5 if _tests(source, node) else 0.2
    yield prior, [(source.start(node), source.end(node), "not " + source.operand(node))]


def extended(source, node, _):
    """`x is None or …` where the condition reads from x, then tests on other names of the function."""
    if not _tests(source, node):
        return
    start, end = source.start(node), source.end(node)
    text = source.get(node)
    inside = "(%s)" % text if isinstance(node, (ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr)) else text
    read = []
    for part in ast.walk(node):
        if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.value, (ast.Name, ast.Attribute)):
            if source.get(part.value) not in read:
                read.append(source.get(part.value))
    for name in read:
        yield 0.45, [(start, end, "%s is None or %s" % (name, inside))]
        yield 0.45, [(start, end, "%s is not None and %s" % (name, inside))]
        yield 0.3, [(start, end, "not %s or %s" % (name, inside))]
        yield 0.35, [(start, end, "%s and %s" % (name, inside))]
    names = [name for name, kind in local_names(source, node).items() if kind in ("parameter", "variable")]
    for name in names[:_NAMES_MAX]:
        if name in ("self", "cls"):
            continue
        for prior, form in ((0.2, "%s or not %s"), (0.18, "%s and %s"), (0.12, "%s or %s"), (0.15, "%s and not %s")):
            yield prior, [(start, end, form % (inside, name))]
        if isinstance(node, ast.Constant):
            yield 0.35, [(start, end, name)]


def other_conditions(source, node, _):
    """A condition of the same function in the place of this one, or beside it."""
    if not _tests(source, node):
        return
    function = source.up(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    text = source.get(node)
    for other in ast.walk(function) if function else ():
        if isinstance(other, ast.Compare) and other is not node and source.get(other) not in text:
            there = source.get(other)
            yield 0.2, [(source.start(node), source.end(node), "%s or %s" % (text, there))]
            yield 0.2, [(source.start(node), source.end(node), "%s and %s" % (text, there))]
