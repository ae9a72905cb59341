"""*A result that is never returned*: a function of the repository computes something and ends without it."""

import ast

from answer import proposal
from source import FUNCTIONS


def returns(recipe, crash):
    if crash.type not in ("AttributeError", "TypeError") or "NoneType" not in crash.message:
        return
    for name in dict.fromkeys(_sources_of_none(crash)):
        for source in crash.context.sources.values():
            for function in [one for one in ast.walk(source.tree) if isinstance(one, FUNCTIONS) and one.name == name]:
                yield from _returned(recipe, source, function)


def _sources_of_none(crash):
    """Names of functions called on the failing line, or whose result a name on it was given."""
    names = {one.id for one in crash.nodes(ast.Name)}
    calls = crash.nodes(ast.Call)
    home = crash.function() or crash.source.tree
    for node in ast.walk(home):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            if any(isinstance(target, ast.Name) and target.id in names for target in node.targets):
                calls.append(node.value)
    return [getattr(one.func, "id", getattr(one.func, "attr", "")) for one in calls]


def _returned(recipe, source, function):
    own = [one for one in ast.walk(function) if source.up(one, FUNCTIONS) is function]
    if any(isinstance(one, (ast.Return, ast.Yield, ast.YieldFrom)) and getattr(one, "value", None) for one in own):
        return
    last = function.body[-1]
    why = "%s() returns nothing anywhere, and its caller reads from what it returns" % function.name
    if isinstance(last, ast.Expr) and not isinstance(last.value, ast.Constant):
        at = source.start(last)
        yield proposal(recipe, source, [(at, at, "return ")], "Returns what %s() computes last." % function.name, [why])
        return
    names = [one.targets[0].id for one in function.body if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)]
    if names and last.lineno > function.lineno:
        end = source.starts[last.end_lineno] if last.end_lineno < len(source.starts) else len(source.text)
        before = "" if source.text[:end].endswith(("\n", "\r")) else source.eol
        for name in list(dict.fromkeys([names[0], names[-1]])):
            text = before + source.indent(last.lineno) + "return " + name + source.eol
            yield proposal(recipe, source, [(end, end, text)], "Returns %s from %s()." % (name, function.name), [why])
