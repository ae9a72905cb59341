"""*A coroutine nobody awaited*: what is read from it is never there."""

import ast
import re

from answer import proposal, refusal
from source import FUNCTIONS


def awaits(recipe, crash):
    if "coroutine" not in crash.message:
        return
    named = re.search(r"coroutine '(?:[\w.]+\.)?(\w+)' was never awaited", crash.message)
    found = False
    for node in _unawaited(crash):
        name = getattr(node.func, "id", getattr(node.func, "attr", None))
        if named and name != named.group(1):
            continue
        source, text = crash.source, crash.source.get(node)
        parent = source.parents.get(node)
        inner = isinstance(parent, (ast.Attribute, ast.Subscript, ast.BinOp, ast.Compare, ast.UnaryOp))
        found = True
        yield proposal(
            recipe,
            source,
            [(source.start(node), source.end(node), "(await %s)" % text if inner else "await " + text)],
            "Awaits %s()." % name,
            ["%s() is async, and the function that calls it is too" % name],
        )
    if not found:
        yield refusal(recipe, "no call of an async function of the repository stands unawaited in an async function there")


def _unawaited(crash):
    """Calls of the function that failed, those nearest to its line first."""
    function = crash.function()
    if not isinstance(function, ast.AsyncFunctionDef):
        return []
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and not isinstance(crash.source.parents.get(node), ast.Await):
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            kinds = crash.context.functions.get(name, ())
            own = crash.source.up(node, (*FUNCTIONS, ast.Lambda)) is function
            if own and kinds and all(isinstance(one, ast.AsyncFunctionDef) for one in kinds):
                found.append(node)
    return sorted(found, key=lambda node: (node.lineno > crash.line, abs(node.lineno - crash.line)))
