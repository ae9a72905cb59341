"""Statements moved, left out, or changed in how they leave a block."""

import ast

from scope import bound_in
from source import FUNCTIONS, LOOPS

_BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.Try)


def span(source, node):
    """The whole lines of a statement; None where it shares one with another statement."""
    first = min([node.lineno, *[one.lineno for one in getattr(node, "decorator_list", [])]])
    end = source.starts[node.end_lineno] if node.end_lineno < len(source.starts) else len(source.text)
    alone = source.line(first)[: source.start(node) - source.starts[first - 1]].strip() == "" or first != node.lineno
    rest = source.line(node.end_lineno)[source.end(node) - source.starts[node.end_lineno - 1] :].strip()
    return (source.starts[first - 1], end) if alone and (rest == "" or rest.startswith("#")) else None


def lines_of(source, node, indent):
    """The lines of a statement at another indentation, each with its end."""
    place = span(source, node)
    old = source.indent(node.lineno)
    text = source.text[place[0] : place[1]]
    ended = text if text.endswith(("\n", "\r")) else text + source.eol
    return "".join(indent + one[len(old) :] if one.startswith(old) else one for one in ended.splitlines(True))


def removed(source, node, _):
    if not isinstance(node, (ast.Expr, ast.Assign, ast.AugAssign, ast.Return, ast.Break, ast.Continue, ast.If, ast.Delete)):
        return
    place = span(source, node)
    if place is None or isinstance(getattr(node, "value", None), ast.Constant) and isinstance(node, ast.Expr):
        return
    only = len(source.block(node)) == 1
    prior = 0.12 if isinstance(node, ast.If) else 0.2
    yield prior, [(*place, source.indent(node.lineno) + "pass" + source.eol if only else "")]


def swapped(source, node, _):
    """A statement and the next one."""
    if not isinstance(node, ast.stmt):
        return
    block = source.block(node)
    at = block.index(node)
    other = block[at + 1] if at + 1 < len(block) else None
    if other is None or isinstance(other, (*FUNCTIONS, ast.ClassDef)) or isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return
    if span(source, node) and span(source, other):
        indent = source.indent(node.lineno)
        text = lines_of(source, other, indent) + lines_of(source, node, indent)
        yield 0.3, [(span(source, node)[0], span(source, other)[1], text)]


def moved(source, node, _):
    """The last statement of a block behind the block; the first one behind a block into it; the first one before it."""
    if not isinstance(node, ast.stmt) or span(source, node) is None or isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return
    block, parent = source.block(node), source.parents.get(node)
    at = block.index(node)
    place = span(source, node)
    if isinstance(parent, _BLOCKS) and len(block) > 1 and block is parent.body:
        outer = span(source, parent)
        if at == len(block) - 1 and outer:
            prior = 0.5 if isinstance(node, ast.Return) and isinstance(parent, LOOPS) else 0.35
            moved_out = lines_of(source, node, source.indent(parent.lineno))
            yield prior, [(*place, ""), (outer[1], outer[1], moved_out)]
        if at == 0 and outer and not isinstance(node, (ast.Break, ast.Continue)):
            yield 0.2, [(outer[0], outer[0], lines_of(source, node, source.indent(parent.lineno))), (*place, "")]
    before = block[at - 1] if at else None
    if isinstance(before, _BLOCKS) and before.body[0].lineno > before.lineno:
        inner = [before.body, getattr(before, "orelse", [])]
        for body in inner:
            if body and span(source, body[-1]) and span(source, body[-1])[1] <= place[0]:
                only = len(block) == 1
                if not only:
                    text = lines_of(source, node, source.indent(body[0].lineno))
                    yield 0.3, [(span(source, body[-1])[1],) * 2 + (text,), (*place, "")]


def leaving(source, node, _):
    """`break`, `continue` and `return` for one another, forgotten ones, and an `if` that should have been an `elif`."""
    place = (source.start(node), source.end(node)) if isinstance(node, ast.stmt) else None
    in_loop = source.up(node, (*LOOPS, *FUNCTIONS))
    if isinstance(node, (ast.Break, ast.Continue)):
        yield 0.5, [(*place, "continue" if isinstance(node, ast.Break) else "break")]
    if isinstance(node, ast.If) and node.body[0].lineno > node.lineno:
        last = node.body[-1]
        if isinstance(in_loop, LOOPS) and not isinstance(last, (ast.Break, ast.Continue, ast.Return, ast.Raise)):
            for word in ("break", "continue"):
                if span(source, last):
                    end = span(source, last)[1]
                    yield 0.25, [(end, end, source.indent(last.lineno) + word + source.eol)]
        word = source.text[place[0] : place[0] + 4]
        if word == "elif":
            yield 0.3, [(place[0], place[0] + 4, "if")]
        else:
            block = source.block(node)
            at = block.index(node)
            if at and isinstance(block[at - 1], ast.If) and not block[at - 1].orelse:
                yield 0.45, [(place[0], place[0] + 2, "elif")]


def returns(source, node, _):
    """A value that is computed and never returned."""
    function = source.up(node, FUNCTIONS)
    if function is None or not isinstance(node, ast.stmt) or function.name == "__init__":
        return
    valued = any(isinstance(one, ast.Return) and one.value is not None for one in ast.walk(function))
    start = source.start(node)
    if isinstance(node, ast.Expr) and not isinstance(node.value, (ast.Constant, ast.Yield, ast.YieldFrom)):
        last = source.block(node)[-1] is node
        yield (0.7 if last and not valued else 0.35 if last else 0.15), [(start, start, "return ")]
    names = [name for name, kind in bound_in(function).items() if kind in ("variable", "parameter") and name not in ("self", "cls")]
    if isinstance(node, ast.Return):
        for name in names[:8]:
            if node.value is None or isinstance(node.value, (ast.Constant, ast.Name)):
                text = source.get(node.value) if node.value is not None else None
                if text != name:
                    yield 0.4 if node.value is None else 0.15, [(start, source.end(node), "return " + name)]
    if node is function.body[-1] and not isinstance(node, (ast.Return, ast.Raise)) and span(source, node):
        end, indent = span(source, node)[1], source.indent(node.lineno)
        for name in reversed(names[:8]):
            yield 0.45 if not valued else 0.3, [(end, end, indent + "return " + name + source.eol)]


def defaults(source, node, _):
    """A list or dict made once for all calls."""
    if not isinstance(node, FUNCTIONS) or node.body[0].lineno == node.lineno:
        return
    spec = node.args
    plain = [*spec.posonlyargs, *spec.args]
    pairs = list(zip(plain[len(plain) - len(spec.defaults) :], spec.defaults))
    pairs += [(name, value) for name, value in zip(spec.kwonlyargs, spec.kw_defaults) if value is not None]
    for name, value in pairs:
        made = isinstance(value, ast.Call) and getattr(value.func, "id", "") in ("list", "dict", "set") and not value.args
        if not isinstance(value, (ast.List, ast.Dict, ast.Set)) and not made:
            continue
        first = node.body[0]
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(node.body) > 1
        first = node.body[1] if documented else first
        indent, step = source.indent(first.lineno), source.step()
        guard = "{0}if {1} is None:{2}{0}{3}{1} = {4}{2}".format(indent, name.arg, source.eol, step, source.get(value))
        at = source.starts[first.lineno - 1]
        yield 0.85, [(source.start(value), source.end(value), "None"), (at, at, guard)]
