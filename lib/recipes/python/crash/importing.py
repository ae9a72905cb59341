"""Import lines: how one file of the repository names another, and where a new line goes."""

import ast

from source import FUNCTIONS


def defined_in(source):
    """Names a module itself defines at its top: functions, classes and variables."""
    found = set()
    for node in source.tree.body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.add(node.name)
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            if isinstance(target, ast.Name):
                found.add(target.id)
    return found


def module_of(path):
    """`shop/price.py` as `shop.price`; a folder `src` is not part of the name."""
    parts = path.removesuffix(".py").split("/")
    parts = parts[1:] if parts[0] == "src" and len(parts) > 1 else parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def import_line(source, path, name):
    """How this file would import a name of another: with dots where it imports its neighbours so."""
    here, there = source.path.split("/")[:-1], path.split("/")[:-1]
    dotted = any(isinstance(one, ast.ImportFrom) and one.level for one in source.tree.body)
    if dotted and here == there:
        return "from .%s import %s" % (path.split("/")[-1].removesuffix(".py"), name)
    return "from %s import %s" % (module_of(path), name)


def import_edit(source, line):
    """The edit that adds an import line: into its place among those there are, else below the docstring."""
    body = source.tree.body
    above = [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))]
    kind = type(ast.parse(line).body[0])
    same = [node for node in above if isinstance(node, kind) and not getattr(node, "module", None) == "__future__"]
    for node in same:
        if source.get(node) > line:
            at = source.starts[node.lineno - 1]
            return (at, at, line + source.eol)
    last = (same or above or [None])[-1]
    if last is None and body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        last = body[0]
        line = source.eol + line
    if last is None:
        first = next((number for number in range(1, len(source.starts) + 1) if not source.line(number).startswith("#!")), 1)
        at = source.starts[first - 1]
        return (at, at, line + source.eol + (source.eol if body else ""))
    at = source.starts[last.end_lineno] if last.end_lineno < len(source.starts) else len(source.text)
    return (at, at, line + source.eol)
