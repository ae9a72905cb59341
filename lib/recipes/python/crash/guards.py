"""*Something looked up is None* and the code goes on as if it were there: an early end as the neighbours have it."""

import ast
import re

from answer import refusal
from crash.models import guarded
from scope import visible_from

_SAID = r"'NoneType' object (?:has no attribute '(\w+)'|is not (subscriptable|iterable)|does not support item assignment)|argument of type 'NoneType'|object of type 'NoneType' has no len"
_MISSING = r"\bis None\b|^not\b|\bor not\b"


def guards(recipe, crash):
    found = re.search(_SAID, crash.message)
    if not found or crash.type not in ("AttributeError", "TypeError"):
        return
    read = _read(crash, found.group(1), found.group(2))
    if read is None:
        yield refusal(recipe, "which value is None cannot be told from line %d" % crash.line)
        return
    source, text = crash.source, crash.source.get(read)
    if isinstance(read, (ast.Name, ast.Attribute)):
        if _awaited_not(crash, read):
            yield refusal(recipe, "%s comes from an async function that is not awaited" % text)
            return
        yield from guarded(recipe, crash, read, text + " is None", "%s may be None" % text, _MISSING)
    elif isinstance(read, ast.Call):
        name = _name_for(source, read)
        yield from guarded(
            recipe, crash, read, name + " is None", "%s may find nothing" % text, _MISSING, "%s = %s" % (name, text)
        )
    else:
        yield refusal(recipe, "%s is not a name that can be tested" % text)


def _read(crash, attribute, how):
    if attribute:
        nodes = [one for one in crash.nodes(ast.Attribute) if one.attr == attribute]
        return nodes[0].value if nodes else None
    if how == "iterable":
        loops = [one.iter for one in crash.nodes(ast.For)] or [one.iter for one in crash.nodes(ast.comprehension) if hasattr(one, "lineno")]
        return loops[0] if loops else None
    if "argument of type" in crash.message:
        found = [one.comparators[-1] for one in crash.nodes(ast.Compare) if isinstance(one.ops[-1], (ast.In, ast.NotIn))]
    elif "has no len" in crash.message:
        found = [one.args[0] for one in crash.nodes(ast.Call) if getattr(one.func, "id", "") == "len" and one.args]
    else:
        found = [one.value for one in crash.nodes(ast.Subscript)]
    return found[0] if found else None


def _awaited_not(crash, read):
    """A coroutine is never None, but what a test double gives may hide one."""
    function = crash.function()
    for node in ast.walk(function) if function else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
            kinds = crash.context.functions.get(getattr(node.value.func, "id", getattr(node.value.func, "attr", "")), ())
            if isinstance(read, ast.Name) and node.targets[0].id == read.id and any(isinstance(one, ast.AsyncFunctionDef) for one in kinds):
                return True
    return False


def _name_for(source, call):
    """`re.match(…)` is a match, `find_user(…)` a user."""
    called = getattr(call.func, "attr", getattr(call.func, "id", "found"))
    word = re.sub(r"^(?:get|find|fetch|load|lookup|look_up|read)_", "", called).strip("_") or "found"
    taken = visible_from(source, call)
    word = word if word not in ("get", "first", "pop", "find") else "found"
    while word in taken:
        word += "_"
    return word
