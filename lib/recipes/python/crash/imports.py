"""*An import that finds nothing*: a module or a name that is spelt otherwise, moved, or meant beside this file."""

import ast
import re
import sys

from answer import proposal, refusal
from crash.importing import defined_in, module_of
from scope import bound_in
from spelling import nearest
from standard import names_of


def imports(recipe, crash):
    if crash.type not in ("ImportError", "ModuleNotFoundError"):
        return
    lines = [node for node in crash.nodes((ast.Import, ast.ImportFrom))]
    if not lines:
        yield refusal(recipe, "line %d imports nothing" % crash.line)
        return
    missing = re.search(r"No module named '([\w.]+)'", crash.message)
    unknown = re.search(r"cannot import name '(\w+)' from '([\w.]+)'", crash.message)
    if missing:
        yield from _module(recipe, crash, lines[0], missing.group(1))
    elif unknown:
        yield from _name(recipe, crash, lines[0], *unknown.groups())
    elif "attempted relative import" in crash.message and isinstance(lines[0], ast.ImportFrom):
        yield from _written(recipe, crash, lines[0], lines[0].module or "", "the module stands beside this one")


def _module(recipe, crash, node, name):
    """Modules of the repository, then of the standard library, that the missing one may be."""
    source = crash.source
    modules = {module_of(path): path for path in crash.context.sources if path != source.path}
    # In a package, Python 3 finds a neighbour only with a dot.
    beside = "/".join([*source.path.split("/")[:-1], name.split(".")[0] + ".py"])
    wanted = _wanted(node, name)
    if beside in crash.context.sources and isinstance(node, ast.ImportFrom) and not node.level:
        yield from _written(recipe, crash, node, "." + (node.module or ""), "%s is the file beside this one" % name)
    tail = name.split(".")[-1]
    same = [module for module in modules if module.split(".")[-1] == tail]
    near = [module for module in modules if module.split(".")[-1] in nearest(tail, [one.split(".")[-1] for one in modules])]
    near += nearest(name, modules)
    for module in dict.fromkeys(sorted(same) + near):
        if wanted <= set(bound_in(crash.context.sources[modules[module]].tree)):
            yield from _written(recipe, crash, node, module, "%s, which there is not, is %s" % (name, module))
    for module in nearest(name, sys.stdlib_module_names)[:2]:
        yield from _written(recipe, crash, node, module, "%s is a slip for %s of the standard library" % (name, module))
    for path, other in sorted(crash.context.sources.items(), key=lambda one: -len(wanted & defined_in(one[1]))):
        shared = wanted & defined_in(other)
        if not shared or path == source.path or module_of(path) in near:
            continue
        renamed = {one: nearest(one, defined_in(other))[:1] for one in wanted - shared}
        if all(renamed.values()):
            why = "%s defines %s, and nothing else does" % (path, ", ".join(sorted(shared)))
            yield from _written(recipe, crash, node, module_of(path), why, {one: to[0] for one, to in renamed.items()})


def _wanted(node, name):
    """What the line takes from the module."""
    return {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) and node.module == name else set()


def _written(recipe, crash, node, module, why, renamed=None):
    """The line with another module, and names as they are called there. A plain import keeps the name the file uses."""
    source = crash.source
    if isinstance(node, ast.ImportFrom):
        start = source.start(node)
        head = re.match(r"from\s+[.\w]+(?:\s*\.\s*\w+)*", source.text[start : source.end(node)])
        edits = [(start, start + head.end(), "from " + module)] if head else []
    else:
        alias = node.names[0]
        kept = alias.asname or (alias.name if "." not in alias.name else None)
        ending = " as " + kept if kept and kept != module else ""
        edits = [(source.start(alias), source.end(alias), module + ending)]
    for alias in node.names if renamed else ():
        if alias.name in renamed:
            edits += _renamed(source, alias, renamed[alias.name])
    if edits and source.applied(edits) != source.text:
        yield proposal(recipe, source, edits, "Imports from %s." % module, [why])


def _renamed(source, alias, other):
    """An imported name and every use of it, or what stands before its `as`."""
    at = source.start(alias)
    edits = [(at, at + len(alias.name), other)]
    if alias.asname is None:
        uses = [one for one in ast.walk(source.tree) if isinstance(one, ast.Name) and one.id == alias.name]
        edits += [(source.start(one), source.end(one), other) for one in uses]
    return edits


def _name(recipe, crash, node, name, module):
    source, target = crash.source, crash.module(module)
    alias = next((one for one in getattr(node, "names", []) if one.name == name), None)
    if alias is None:
        yield refusal(recipe, "line %d does not import %s" % (crash.line, name))
        return
    names = set(bound_in(target.tree)) if target else names_of(module)
    for other in nearest(name, names)[:3]:
        edits = _renamed(source, alias, other)
        why = "%s of %s is what was called %s" % (other, module, name)
        yield proposal(recipe, source, edits, "Imports %s instead of %s." % (other, name), [why])
    if len(node.names) == 1:
        for path, other in sorted(crash.context.sources.items()):
            if other not in (source, target) and name in defined_in(other):
                yield from _written(recipe, crash, node, module_of(path), "%s is now defined in %s" % (name, path))
