"""*A variable read before it is bound*: a global of the module that the function also assigns, or a misspelt one."""

import ast
import re

from answer import proposal, refusal
from scope import bound_in
from source import FUNCTIONS
from spelling import nearest


def unbound(recipe, crash):
    found = re.search(r"(?:local variable '(\w+)' referenced|cannot access (?:local|free) variable '(\w+)')", crash.message)
    if crash.type != "UnboundLocalError" or not found:
        return
    name, source, function = found.group(1) or found.group(2), crash.source, crash.function()
    if function is None:
        return
    scopes = [one for one in source.ancestors(function) if isinstance(one, (*FUNCTIONS, ast.Module))]
    outer = next((one for one in scopes if name in bound_in(one)), None)
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(function.body) > 1
    first = function.body[1] if documented else first
    if outer is not None and first.lineno > function.lineno:
        word = "global" if isinstance(outer, ast.Module) else "nonlocal"
        at, indent = source.starts[first.lineno - 1], source.indent(first.lineno)
        edits = [(at, at, "%s%s %s%s" % (indent, word, name, source.eol))]
        assumes = ["%s() is meant to change the %s that is bound outside of it" % (function.name, name)]
        yield proposal(recipe, source, edits, "Declares %s %s." % (name, word), assumes)
    used = [one for one in crash.nodes(ast.Name) if one.id == name]
    known = [one for one, kind in bound_in(function).items() if one != name]
    for other in nearest(name, known)[:2] if used else ():
        edits = [(source.start(used[0]), source.end(used[0]), other)]
        yield proposal(recipe, source, edits, "Reads %s instead of %s." % (other, name), ["%s is a slip for %s" % (name, other)])
    if outer is None:
        yield refusal(recipe, "%s is bound only on some ways to line %d: its first value is for a person to say" % (name, crash.line))
