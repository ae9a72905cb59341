"""Off by one: bounds of ranges and slices, indexes, lengths, comparisons."""

import ast

_COUNTS = {"len", "int", "sum", "max", "min", "abs", "ord", "count", "find", "index"}


def _numeric(node):
    """Whether one can sensibly be added: what is plainly a text or a list is left alone."""
    if isinstance(node, ast.Constant):
        return False
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", getattr(node.func, "attr", "")) in _COUNTS
    if isinstance(node, ast.BinOp):
        return not any(isinstance(one, (ast.List, ast.JoinedStr)) for one in (node.left, node.right))
    return isinstance(node, (ast.Name, ast.Attribute, ast.Subscript))


def _moved(source, node, prior):
    if not _numeric(node):
        return
    text = source.get(node)
    if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) and node.right.value == 1:
        return  # `x + 1` less one is `x`: its operands are dropped elsewhere.
    if isinstance(node, ast.BinOp) and not isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod)):
        text = "(%s)" % text
    yield prior, [(source.start(node), source.end(node), text + " + 1")]
    yield prior, [(source.start(node), source.end(node), text + " - 1")]


def bounds(source, node, _):
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range" and node.args:
        stop = node.args[0] if len(node.args) == 1 else node.args[1]
        yield from _moved(source, stop, 0.75)
        if len(node.args) > 1:
            yield from _moved(source, node.args[0], 0.5)
        else:
            yield 0.35, [(source.start(stop), source.start(stop), "1, ")]
        if len(node.args) == 2:
            yield 0.3, [(source.end(stop), source.end(stop), ", -1")]
    elif isinstance(node, ast.Slice):
        for part in (node.lower, node.upper):
            if part is not None:
                yield from _moved(source, part, 0.55)
                yield 0.3, [(source.start(part), source.end(part), "")]
        if node.lower is None and node.upper is not None:
            yield 0.2, [(source.start(node), source.start(node), "1")]
    elif isinstance(node, ast.Subscript) and not isinstance(node.slice, (ast.Slice, ast.Tuple)):
        yield from _moved(source, node.slice, 0.5)
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        for part in node.slice.elts:
            yield from _moved(source, part, 0.4)


def values(source, node, _):
    if isinstance(node, ast.Compare) and not isinstance(node.ops[0], (ast.In, ast.NotIn, ast.Is, ast.IsNot)):
        for side in (node.left, *node.comparators):
            yield from _moved(source, side, 0.3)
    elif isinstance(node, (ast.Return, ast.Assign, ast.AugAssign)) and node.value is not None:
        yield from _moved(source, node.value, 0.3)
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") not in ("range", "len", "str", "print"):
        for argument in node.args:
            yield from _moved(source, argument, 0.2)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv)):
        for side in (node.left, node.right):
            if isinstance(side, ast.Call):
                yield 0.35, [(source.start(side), source.end(side), "(%s - 1)" % source.get(side))]
                yield 0.35, [(source.start(side), source.end(side), "(%s + 1)" % source.get(side))]


def slices(source, node, _):
    """Whole lists in the place of their rest, where a loop or a call takes one."""
    parent = source.parents.get(node)
    iterated = isinstance(parent, (ast.For, ast.comprehension)) and parent.iter is node
    passed = isinstance(parent, ast.Call) and node in parent.args
    if isinstance(node, (ast.Name, ast.Attribute)) and (iterated or passed):
        end = source.end(node)
        for form in ("[1:]", "[:-1]", "[::-1]"):
            yield 0.2 if iterated else 0.1, [(end, end, form)]
        names = [one.id for one in ast.walk(source.statement(node)) if isinstance(one, ast.Name)]
        function = source.up(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for name in [one.arg for one in function.args.args] if function and iterated else ():
            if name not in names and name not in ("self", "cls"):
                yield 0.2, [(end, end, "[%s:]" % name)]
                yield 0.15, [(end, end, "[:%s]" % name)]
