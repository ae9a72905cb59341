"""*A key or an element that is not there*: a misspelt key, or the way the same file reads keys that may be missing."""

import ast
import re

from answer import proposal, refusal
from crash.models import guarded
from spelling import alike, nearest


def lookups(recipe, crash):
    if crash.type not in ("KeyError", "IndexError"):
        return
    nodes = [one for one in crash.nodes(ast.Subscript) if isinstance(one.ctx, ast.Load) and not isinstance(one.slice, ast.Slice)]
    stored = [one.target for one in crash.nodes(ast.AugAssign) if isinstance(one.target, ast.Subscript)]
    found = False
    for node in [*nodes, *stored]:
        if crash.type == "KeyError":
            for answer in [*_misspelt(recipe, crash, node), *_with_default(recipe, crash, node, node in stored)]:
                found = True
                yield answer
        for answer in _guard(recipe, crash, node) if node in nodes else ():
            found = True
            yield answer
    if not found:
        yield refusal(recipe, "nothing in the file says what holds where the key or element is missing")


def _misspelt(recipe, crash, node):
    key = node.slice
    if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or repr(key.value) != crash.message:
        return
    quote = crash.source.get(key)[0]
    likely = nearest(key.value, crash.context.texts)
    likely += [one for one in sorted(crash.context.texts) if alike(one, key.value) > 0.6 and one not in likely and one != key.value]
    for other in likely[:2]:
        edits = [(crash.source.start(key), crash.source.end(key), quote + other + quote)]
        why = "the file calls that key %s elsewhere" % other
        yield proposal(recipe, crash.source, edits, "Reads %s instead of %s." % (other, key.value), [why])


def _with_default(recipe, crash, node, counted):
    """`table.get(key, 0)` where the same file reads the same table, or its like, so."""
    source = crash.source
    table, key = source.get(node.value), source.get(node.slice)
    for other in ast.walk(source.tree):
        plain = isinstance(other, ast.Call) and isinstance(other.func, ast.Attribute) and other.func.attr == "get"
        if not plain or len(other.args) != 2 or not isinstance(other.args[1], (ast.Constant, ast.List, ast.Dict)):
            continue
        there = source.get(other.func.value)
        same = there == table or (isinstance(node.value, ast.Attribute) and there.split(".")[-1] == node.value.attr)
        if not same:
            continue
        default = source.get(other.args[1])
        assumes = ["%s has no such key at times, and then %s counts, as on line %d" % (table, default, other.lineno)]
        summary = "Reads %s where the key is missing." % default
        if counted:
            statement = source.statement(node)
            gap = source.text[source.end(node) : source.start(statement.value)].strip().rstrip("=")
            text = "%s = %s.get(%s, %s) %s %s" % (source.get(node), table, key, default, gap, source.operand(statement.value))
            edits = [(source.start(statement), source.end(statement), text)]
        else:
            edits = [(source.start(node), source.end(node), "%s.get(%s, %s)" % (table, key, default))]
        yield proposal(recipe, source, edits, summary, assumes, other.lineno)
        return


def _guard(recipe, crash, node):
    source = crash.source
    table, key = source.get(node.value), source.get(node.slice)
    if crash.type == "KeyError":
        test, what = "%s not in %s" % (key, source.operand(node.value)), "%s may have no %s" % (table, key)
        kinds = r"\bnot in\b"
    elif isinstance(node.slice, ast.Constant) or key.startswith("-"):
        test, what, kinds = "not " + table, "%s may be empty" % table, r"^not\b|\blen\("
    elif re.fullmatch(r"[\w.]+", key):
        test, what = "%s >= len(%s)" % (key, table), "%s may be beyond the end of %s" % (key, table)
        kinds = r"\blen\("
    else:
        return
    yield from guarded(recipe, crash, node, test, what, kinds)
