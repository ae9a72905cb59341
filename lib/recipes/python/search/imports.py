"""Imports of the repository's own modules: another name of the module, the same name of another module."""

import ast
import posixpath

from spelling import alike

_MOST = 4


def imported(source, node, context):
    if not isinstance(node, ast.ImportFrom):
        return
    target = context.module(source.path, node)
    for alias in node.names:
        if alias.name == "*" or not hasattr(alias, "lineno"):
            continue
        place = (source.start(alias), source.end(alias))
        local = alias.asname or alias.name
        if target is not None:
            # What it is called here is what it most likely is.
            others = [(max(alike(alias.name, one), alike(local, one)), one) for one in context.defined(target) if one != alias.name]
            for likeness, other in sorted(others, key=lambda one: (-one[0], one[1]))[:_MOST]:
                yield 0.15 + 0.5 * likeness, [(*place, other if other == local else "%s as %s" % (other, local))]
        if len(node.names) == 1:
            yield from _elsewhere(source, node, context, target, alias.name)


def _elsewhere(source, node, context, target, name):
    """Another module of the same folder that defines the name."""
    written = source.get(node)
    start = source.start(node)
    if target is None or node.module is None or written.count(node.module) != 1:
        return
    at = start + written.index(node.module)
    folder = posixpath.dirname(target)
    found = [path for path in context.sources if path != target and posixpath.dirname(path) == folder and name in context.defined(path)]
    for path in sorted(found)[:_MOST]:
        last = posixpath.splitext(posixpath.basename(path))[0]
        begin = at + node.module.rfind(".") + 1
        yield 0.5, [(begin, at + len(node.module), last)]
