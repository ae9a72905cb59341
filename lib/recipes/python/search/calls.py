"""Calls: arguments swapped, dropped or forgotten, parentheses and `await` forgotten, one call too many or too few."""

import ast

from scope import local_names

_WRAPS = ("len", "int", "str", "list", "set", "sorted", "abs", "float", "tuple", "dict", "round", "reversed", "sum")
_AWAITED = ("sleep", "gather", "wait", "wait_for", "shield", "to_thread", "open_connection", "start_server")
_STEPS = {".strip()": 0.2, ".lower()": 0.2, ".copy()": 0.2, ".items()": 0.2, ".values()": 0.15, ".upper()": 0.1, ".split()": 0.1, ".rstrip()": 0.1}


def arguments(source, node, context):
    if not isinstance(node, ast.Call):
        return
    plain = [one for one in node.args if not isinstance(one, ast.Starred)]
    spots = [(source.start(one), source.end(one), source.get(one)) for one in plain]
    for i, (start, end, text) in enumerate(spots):
        for j in range(i + 1, len(spots)):
            other = spots[j]
            if text != other[2]:
                yield 0.6 if j == i + 1 else 0.4, [(start, end, other[2]), (other[0], other[1], text)]
        if len(spots) > 1:
            cut = (spots[i - 1][1], end) if i else (start, spots[1][0])
            yield 0.15, [(*cut, "")]
    yield from _forgotten(source, node, context, spots)


def _forgotten(source, node, context, spots):
    """A parameter the callee has and the call leaves to its default, filled by the name that is also its."""
    name = getattr(node.func, "id", getattr(node.func, "attr", None))
    given = {one.arg for one in node.keywords}
    close = source.end(node) - 1
    for function in context.functions.get(name, ())[:3]:
        params = [one.arg for one in function.args.args if one.arg not in ("self", "cls")]
        for param in params[len(spots) :] + [one.arg for one in function.args.kwonlyargs]:
            here = local_names(source, node)
            if param in here and param not in given and None not in given:
                comma = ", " if node.args or node.keywords else ""
                yield 0.6, [(close, close, "%s%s=%s" % (comma, param, param))]
    if name in ("sorted", "sort") and "reverse" not in given:
        yield 0.35, [(close, close, (", " if node.args or node.keywords else "") + "reverse=True")]


def parentheses(source, node, context):
    """`x.done` for `x.done()`, of what the repository defines as a method or calls elsewhere."""
    if not isinstance(node, (ast.Name, ast.Attribute)) or not isinstance(node.ctx, ast.Load):
        return
    parent = source.parents.get(node)
    if isinstance(parent, (ast.Call, ast.Attribute)) and getattr(parent, "func", getattr(parent, "value", None)) is node:
        return
    name = node.id if isinstance(node, ast.Name) else node.attr
    known = name in context.functions or (isinstance(node, ast.Attribute) and name in context.called)
    if known:
        yield 0.5, [(source.end(node), source.end(node), "()")]


def awaits(source, node, context):
    """What nobody awaits in a coroutine: one of the repository, or a value that may well be one."""
    if not isinstance(node, (ast.Call, ast.Name)) or isinstance(source.parents.get(node), ast.Await):
        return
    home = source.up(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    if not isinstance(home, ast.AsyncFunctionDef):
        return
    parent, text = source.parents.get(node), source.get(node)
    if isinstance(node, ast.Name):
        prior = 0.3 if isinstance(parent, (ast.Return, ast.Assign)) and parent.value is node else 0
    else:
        name = getattr(node.func, "id", getattr(node.func, "attr", None))
        known = context.functions.get(name, ())
        library = isinstance(node.func, ast.Attribute) and source.get(node.func.value) == "asyncio" and name in _AWAITED
        # A function of the repository that is no coroutine has nothing to await; of what is handed over nothing is known.
        handed = isinstance(node.func, ast.Attribute) or name in local_names(source, node)
        plain = 0.15 if handed and not known else 0
        prior = 0.9 if library or any(isinstance(one, ast.AsyncFunctionDef) for one in known) else plain
    if prior:
        inner = isinstance(parent, (ast.Attribute, ast.Subscript, ast.BinOp, ast.Compare))
        yield prior, [(source.start(node), source.end(node), "(await %s)" % text if inner else "await " + text)]


def unwrapped(source, node, _):
    """`f(x)` where `x` was meant, `x[i]` where `x` was."""
    if isinstance(node, ast.Call):
        for argument in [one for one in node.args if not isinstance(one, ast.Starred)][:3]:
            yield 0.25, [(source.start(node), source.end(node), source.operand(argument))]
        if isinstance(node.func, ast.Attribute):
            yield 0.2, [(source.start(node), source.end(node), source.get(node.func.value))]
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield 0.15, [(source.start(node), source.end(node), source.get(node.value))]
    elif isinstance(node, ast.IfExp):
        for part in (node.body, node.orelse):
            yield 0.15, [(source.start(node), source.end(node), source.operand(part))]


def wrapped(source, node, context):
    """A value passed, returned, assigned or iterated that a conversion or a step is missing on."""
    parent = source.parents.get(node)
    used = isinstance(parent, (ast.Return, ast.Assign, ast.Call, ast.For, ast.comprehension, ast.BinOp, ast.Compare, ast.Subscript))
    if not used or not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.BinOp)):
        return
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load) or getattr(parent, "func", None) is node:
        return
    text, place = source.get(node), (source.start(node), source.end(node))
    for name in _WRAPS:
        if getattr(getattr(node, "func", None), "id", None) != name and getattr(getattr(parent, "func", None), "id", None) != name:
            yield 0.12, [(*place, "%s(%s)" % (name, text))]
    for name, functions in context.functions.items():
        local = any(one in source.tree.body for one in functions)
        if local and any(len(one.args.args) == 1 for one in functions):
            yield 0.12, [(*place, "%s(%s)" % (name, text))]
    if not isinstance(node, ast.BinOp):
        for step, prior in _STEPS.items():
            yield prior, [(place[1], place[1], step)]


def extremes(source, node, _):
    """`best = value` where the better of both was meant."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], (ast.Name, ast.Attribute, ast.Subscript)):
        target, value = source.get(node.targets[0]), source.get(node.value)
        for name in ("max", "min"):
            yield 0.25, [(source.start(node.value), source.end(node.value), "%s(%s, %s)" % (name, target, value))]
            if isinstance(node.value, ast.BinOp):
                yield 0.2, [(source.start(node.value), source.end(node.value), "%s(0, %s)" % (name, value))]
