"""Statements that are missing: copies of what the same file does elsewhere, with the names of this place."""

import ast
import re

from scope import bound_in, members_of
from search.statements import span
from source import FUNCTIONS

_FORMS = 60


def _simple(node):
    plain = isinstance(node, (ast.Assign, ast.AugAssign)) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
    return plain and node.lineno == node.end_lineno


def copies(source, node, context):
    """Before and after a statement: one of the same function's, as it is or with one name changed."""
    function = source.up(node, FUNCTIONS)
    if not isinstance(node, ast.stmt) or function is None or span(source, node) is None:
        return
    names = [name for name, kind in bound_in(function).items() if kind in ("parameter", "variable")]
    texts = {}
    for other in ast.walk(function):
        if isinstance(other, ast.stmt) and _simple(other):
            text = source.get(other)
            texts.setdefault(text, 0.2)
            for name in sorted({one.id for one in ast.walk(other) if isinstance(one, ast.Name)} & set(names)):
                for new in names:
                    if new != name and new not in ("self", "cls"):
                        texts.setdefault(re.sub(r"(?<![\w.])%s\b" % re.escape(name), new, text), 0.13)
    for text in _of_siblings(source, function, names):
        texts.setdefault(text, 0.16)
    for text, prior in _methods(source, function, names):
        texts.setdefault(text, prior)
    indent = source.indent(node.lineno)
    before, after = span(source, node)
    leaves = isinstance(node, (ast.Return, ast.Break, ast.Continue, ast.Raise))
    inner = getattr(node, "body", None)
    own = source.get(node)
    objects = set(re.findall(r"[\w.]+", own))
    for text, prior in list(texts.items())[:_FORMS]:
        # What is done to an object elsewhere is likelier missing where that object is used.
        prior *= 1.6 if objects & {re.match(r"[\w.]*", text).group().rpartition(".")[0]} else 1.0
        if text != own:
            line = text + source.eol
            yield prior, [(before, before, indent + line)]
            for name in _left_over(source, function, node, text):
                yield prior * 1.2, [(before, before, "%sif %s:%s%s" % (indent, name, source.eol, indent + source.step() + line))]
            if not leaves and inner is None:
                yield prior, [(after, after, indent + line)]
            elif inner and inner[-1].lineno > node.lineno and span(source, inner[-1]) and not isinstance(inner[-1], ast.Return):
                end = span(source, inner[-1])[1]
                yield prior * 0.9, [(end, end, source.indent(inner[0].lineno) + line)]


def _left_over(source, function, node, text):
    """What a loop gathers and a statement behind it hands on: only where there is any, which the function asks elsewhere."""
    block = next((one for _, one in ast.iter_fields(source.parents.get(node)) if isinstance(one, list) and node in one), [node])
    before = block[: block.index(node)]
    while before and _simple(before[-1]):
        before.pop()
    if not before or not isinstance(before[-1], (ast.For, ast.While)):
        return
    tests = [one.test for one in ast.walk(function) if isinstance(one, (ast.If, ast.IfExp, ast.While))]
    asked = {one.operand if isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.Not) else one for one in tests}
    used = set(re.findall(r"[A-Za-z_]\w*", text))
    yield from sorted({one.id for one in asked if isinstance(one, ast.Name)} & used)


def _of_siblings(source, function, names):
    """What the other methods of the class do to the object with names that this one has too."""
    home = source.up(function, ast.ClassDef)
    for other in home.body if home else ():
        for node in ast.walk(other) if isinstance(other, FUNCTIONS) and other is not function else ():
            if isinstance(node, ast.stmt) and _simple(node):
                used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                if used <= {*names, "self"}:
                    yield source.get(node)


def _methods(source, function, names):
    """Collections of the function that are read and never, or elsewhere, filled: `x.append(y)`, `x.add(y)`."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign) or len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            continue
        value, name = node.value, node.targets[0].id
        made = getattr(getattr(value, "func", None), "id", "")
        method = "append" if isinstance(value, ast.List) or made == "list" else None
        method = "add" if isinstance(value, ast.Set) or made == "set" else method
        for other in names if method else ():
            if other != name and other not in ("self", "cls"):
                yield "%s.%s(%s)" % (name, method, other), 0.25
    home = source.up(function, ast.ClassDef)
    for member, kind in members_of(home).items() if home else ():
        if kind == "method" and re.match(r"_?(reset|clear|update|save|refresh|invalidate|check|validate|notify)", member):
            yield "self.%s()" % member, 0.12


def guards(source, node, context):
    """An early end as the guards of this file have it, for a name this statement reads from."""
    function = source.up(node, FUNCTIONS)
    if not isinstance(node, ast.stmt) or function is None or span(source, node) is None or isinstance(node, FUNCTIONS):
        return
    read = []
    for part in ast.walk(node):
        if isinstance(part, (ast.Attribute, ast.Subscript, ast.Call)):
            value = part.value if not isinstance(part, ast.Call) else (part.args[0] if part.args else None)
            if isinstance(value, (ast.Name, ast.Attribute)) and source.get(value) not in ("self", "cls", *read):
                read.append(source.get(value))
    indent, step, at = source.indent(node.lineno), source.step(), source.starts[node.lineno - 1]
    if source.text[source.start(node) : source.start(node) + 4] == "elif":
        return
    for ending in context.endings(source, node):
        for name in read[:4]:
            for form, prior in (("%s is None", 0.22), ("not %s", 0.22)):
                text = "%sif %s:%s%s%s%s%s" % (indent, form % name, source.eol, indent + step, ending, source.eol, "")
                yield prior, [(at, at, text)]
