"""Names and attributes: another one of the same kind in its place, `self.` forgotten, one step too many or too few."""

import ast
import re

from scope import BUILTINS, members_of, visible_from
from spelling import alike, nearest

_MOST = 8
SIBLINGS = [
    *({"min", "max"}, {"any", "all"}, {"append", "extend"}, {"append", "insert", "appendleft"}, {"add", "update"}),
    *({"startswith", "endswith"}, {"find", "rfind"}, {"index", "rindex"}, {"split", "rsplit", "splitlines"}),
    *({"partition", "rpartition"}, {"strip", "lstrip", "rstrip"}, {"upper", "lower", "title", "capitalize"}),
    *({"keys", "values", "items"}, {"ceil", "floor", "trunc"}, {"round", "int", "floor"}, {"pop", "popleft"}),
    *({"isdigit", "isalpha", "isalnum", "isnumeric"}, {"sorted", "reversed", "list"}, {"ljust", "rjust", "center"}),
    *({"union", "intersection", "difference"}, {"set", "list", "tuple", "sorted"}, {"remove", "discard"}),
    *({"search", "match", "fullmatch"}, {"dump", "dumps"}, {"load", "loads"}, {"setdefault", "get"}, {"str", "repr"}),
    *({"issubset", "issuperset"}, {"zip", "zip_longest"}, {"heappush", "heappop"}, {"total_seconds", "seconds"}),
    *({"now", "utcnow"}, {"int", "float"}, {"real", "imag"}, {"KeyError", "IndexError"}, {"ValueError", "TypeError"}),
]


def siblings(name):
    return sorted({other for family in SIBLINGS if name in family for other in family} - {name})


def names(source, node, context):
    if not isinstance(node, ast.Name):
        return
    place = (source.start(node), source.end(node))
    visible = visible_from(source, node)
    kind = visible.get(node.id)
    called = isinstance(source.parents.get(node), ast.Call) and source.parents[node].func is node
    for other in siblings(node.id):
        yield 0.5, [(*place, other)]
    if kind is None and node.id not in BUILTINS:
        for other in nearest(node.id, [*visible, *BUILTINS]):
            yield 0.95, [(*place, other)]
    values = ("parameter", "variable")
    others = []
    for other, its in visible.items():
        same = its == kind or (kind in values and its in values)
        if other != node.id and same and other not in ("self", "cls") and called == (its == "function"):
            near = other in context.near(source, node)
            others.append((0.25 + 0.25 * alike(node.id, other) + (0.15 if near else 0), other))
    if isinstance(node.ctx, ast.Load) or kind == "variable":
        for prior, other in sorted(others, key=lambda one: (-one[0], one[1]))[:_MOST]:
            yield prior if isinstance(node.ctx, ast.Load) else prior / 2, [(*place, other)]


def own(source, node, _):
    """`self.` forgotten or too much."""
    home = source.up(node, ast.ClassDef)
    function = source.up(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    if home is None or function is None or not function.args.args:
        return
    this = function.args.args[0].arg
    members = members_of(home)
    if isinstance(node, ast.Name) and node.id in members and node.id != this:
        free = node.id not in visible_from(source, node)
        yield 0.95 if free else 0.4, [(source.start(node), source.start(node), this + ".")]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == this:
        if node.attr in visible_from(source, node):
            yield 0.4, [(source.start(node), source.end(node), node.attr)]


def attributes(source, node, context):
    if not isinstance(node, ast.Attribute):
        return
    end = source.end(node)
    place = (end - len(node.attr), end)
    if source.text[place[0] : end] != node.attr:
        return
    for other in siblings(node.attr):
        yield 0.5, [(*place, other)]
    called = isinstance(source.parents.get(node), ast.Call) and source.parents[node].func is node
    used = context.called if called else context.read
    receiver = source.get(node.value)
    on_same = set(re.findall(re.escape(receiver) + r"\.(\w+)", source.text))
    found = []
    for other, times in used.items():
        if other != node.attr:
            prior = 0.12 + 0.3 * alike(node.attr, other) + (0.15 if other in on_same else 0) + min(times, 5) * 0.005
            found.append((prior, other))
    for prior, other in sorted(found, key=lambda one: (-one[0], one[1]))[:_MOST]:
        yield prior, [(*place, other)]
    yield 0.2, [(source.end(node.value), end, "")]


def deeper(source, node, context):
    """`x` where the file elsewhere says `x.name` or `x[i]`."""
    if not isinstance(node, (ast.Name, ast.Attribute)) or not isinstance(node.ctx, ast.Load):
        return
    parent = source.parents.get(node)
    if isinstance(parent, ast.Attribute) or (isinstance(parent, ast.Call) and parent.func is node):
        return
    text, end = source.get(node), source.end(node)
    pattern = r"(?<![\w.])" + re.escape(text) + r"(\.\w+(?:\(\))?(?![\w(])|\[[\w.'\"-]+\])"
    for step in sorted(set(re.findall(pattern, source.text)))[:_MOST]:
        yield 0.25, [(end, end, step)]
