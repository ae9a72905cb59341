"""Lookups: `table[key]` where the key may be missing, and the other way round."""

import ast

from source import FUNCTIONS


def softened(source, node, _):
    """`table.get(key)`; far likelier where what follows asks whether the value is there."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and not isinstance(node.slice, (ast.Slice, ast.Tuple)):
        # A number is a place in a list, which has no `get`.
        if isinstance(node.slice, (ast.Constant, ast.UnaryOp)) and not isinstance(getattr(node.slice, "value", 0), str):
            return
        place = (source.start(node), source.end(node))
        yield 0.8 if _is_asked_about(source, node) else 0.2, [(*place, "%s.get(%s)" % (source.get(node.value), source.get(node.slice)))]


def hardened(source, node, _):
    """`table[key]`, so that a missing key is told; a default that is given is left out as well."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "get":
        return
    if 1 <= len(node.args) <= 2 and not node.keywords:
        yield 0.2, [(source.start(node), source.end(node), "%s[%s]" % (source.get(node.func.value), source.get(node.args[0])))]


def _is_asked_about(source, node):
    """`value = table[key]` with `value is None` or `not value` somewhere after it in the function."""
    parent, function = source.parents.get(node), source.up(node, FUNCTIONS)
    if function is None or not isinstance(parent, ast.Assign) or not isinstance(parent.targets[0], ast.Name):
        return False
    name = parent.targets[0].id
    for one in ast.walk(function):
        if isinstance(one, ast.Compare) and getattr(one.left, "id", None) == name and isinstance(one.ops[0], (ast.Is, ast.IsNot)):
            return True
        if isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.Not) and getattr(one.operand, "id", None) == name:
            return True
    return False
