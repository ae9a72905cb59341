"""Guards modelled on the guards of the same file: how they end is copied, never made up."""

import ast
import re

from answer import proposal, refusal
from scope import BUILTINS, visible_from
from source import FUNCTIONS, LOOPS

_CONDITIONAL = (ast.BoolOp, ast.IfExp, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def models(source, node, kinds):
    """`(guard, ending)` of early ends in this function, then in this file, whose test is of a kind; nearest first."""
    function, loop = source.up(node, FUNCTIONS), source.up(node, (*LOOPS, *FUNCTIONS))
    visible = {*visible_from(source, node), *BUILTINS}
    found = []
    for guard in ast.walk(source.tree):
        if not isinstance(guard, ast.If) or guard.orelse or len(guard.body) != 1:
            continue
        ending = guard.body[0]
        home = source.up(guard, FUNCTIONS)
        leaves = isinstance(ending, (ast.Return, ast.Raise))
        leaves = leaves or (isinstance(ending, (ast.Continue, ast.Break)) and isinstance(loop, LOOPS))
        names = {one.id for one in ast.walk(ending) if isinstance(one, ast.Name)}
        if leaves and home is not None and names <= visible and re.search(kinds, source.get(guard.test)):
            same = home is function
            valued = isinstance(ending, ast.Return) and home.name.split("_")[0] != (function.name if function else "").split("_")[0]
            found.append((not same, valued, abs(guard.lineno - node.lineno), guard, source.get(ending)))
    return [(one[3], one[4]) for one in sorted(found, key=lambda one: one[:3])]


def guarded(recipe, crash, node, test, what, kinds, before=""):
    """A guard above the statement a node is in; `before` is a line above the guard. A refusal where none can stand."""
    source = crash.source
    statement = source.statement(node)
    for one in source.ancestors(node):
        if one is statement:
            break
        if isinstance(one, _CONDITIONAL):
            yield refusal(recipe, "line %d reads it under a condition of its own" % crash.line)
            return
    text = source.text[source.starts[statement.lineno - 1] : source.start(statement)]
    header = isinstance(statement, (ast.While, *FUNCTIONS, ast.ClassDef)) or source.get(statement).startswith("elif")
    if text.strip() or header:
        yield refusal(recipe, "no guard can stand before line %d" % statement.lineno)
        return
    endings = dict.fromkeys(ending for _, ending in models(source, node, kinds))
    first = {}
    for guard, ending in models(source, node, kinds):
        first.setdefault(ending, guard)
    if not endings:
        yield refusal(recipe, "no guard of the file says what is to happen then")
    for ending in list(endings)[:3]:
        indent, at = source.indent(statement.lineno), source.starts[statement.lineno - 1]
        lines = [before] if before else []
        ended = [indent + source.step() + one.strip() for one in ending.splitlines()]
        added = source.eol.join([*[indent + one for one in lines], "%sif %s:" % (indent, test), *ended]) + source.eol
        model = first[ending].lineno
        edits = [(at, at, added)]
        yield edits_of(recipe, source, edits, node, before, "Ends early where %s." % _so(what), what, model, ending)


def _so(what):
    """`x may be None` as something that is so: `x is None`."""
    for may, so in (("be", "is"), ("have", "has"), ("find", "finds")):
        what = what.replace(" may %s " % may, " %s " % so, 1)
    return what


def edits_of(recipe, source, edits, node, before, summary, what, model, ending):
    if before:
        edits = [*edits, (source.start(node), source.end(node), before.split(" = ")[0])]
    assumes = ["%s, and then `%s` is right, as the guard on line %d has it" % (what, " ".join(ending.split()), model)]
    return proposal(recipe, source, edits, summary, assumes, model)
