"""*A name that is not there*: misspelt, not imported, or a member that lost its `self.`."""

import ast
import re
import sys

from answer import proposal, refusal
from crash.importing import defined_in, import_edit, import_line
from scope import BUILTINS, members_of, visible_from
from source import FUNCTIONS
from spelling import nearest
from standard import names_of


def names(recipe, crash):
    found = re.search(r"name '(\w+)' is not defined", crash.message)
    if crash.type != "NameError" or not found:
        return
    name, source = found.group(1), crash.source
    used = [node for node in crash.nodes(ast.Name) if node.id == name]
    if not used:
        yield refusal(recipe, "%s is not named on line %d" % (name, crash.line))
        return
    node = used[0]
    yield from _own(recipe, crash, node)
    yield from _imported(recipe, crash, name)
    everywhere = [one for one in ast.walk(source.tree) if isinstance(one, ast.Name) and one.id == name]
    for other in nearest(name, [*visible_from(source, node), *BUILTINS])[:3]:
        here = [one for one in everywhere if source.statement(one) is source.statement(node)]
        yield proposal(
            recipe,
            source,
            [(source.start(one), source.end(one), other) for one in here],
            "Writes %s, which there is, instead of %s." % (other, name),
            ["%s is a slip for %s: no file defines it" % (name, other)],
        )


def _own(recipe, crash, node):
    source = crash.source
    home, function = source.up(node, ast.ClassDef), source.up(node, FUNCTIONS)
    if home is None or function is None or not function.args.args or node.id not in members_of(home):
        return
    this, at = function.args.args[0].arg, source.start(node)
    if any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in function.decorator_list):
        return
    edits = [(at, at, this + ".")]
    assumes = ["%s has a member %s, and nothing else of that name can be seen from here" % (home.name, node.id)]
    yield proposal(recipe, source, edits, "Reads %s from %s." % (node.id, this), assumes)


def _imported(recipe, crash, name):
    for path, other in sorted(crash.context.sources.items()):
        if other is not crash.source and name in defined_in(other) and "test" not in path:
            text = import_line(crash.source, path, name)
            yield from _with(recipe, crash, text, "%s is the one that %s defines" % (name, path))
    for text in _as_elsewhere(crash, name):
        yield from _with(recipe, crash, text, "%s is what the other files import by that name" % name)
    if name in sys.stdlib_module_names:
        yield from _with(recipe, crash, "import " + name, "%s is the module of the standard library" % name)
    for module in _standard(name):
        yield from _with(recipe, crash, "from %s import %s" % (module, name), "%s is the one of %s" % (name, module))


_KNOWN = ("collections", "dataclasses", "datetime", "decimal", "enum", "functools", "itertools", "json", "math", "operator")
_MORE = ("os.path", "pathlib", "re", "typing", "abc", "contextlib", "fractions", "statistics", "string", "copy", "time", "uuid")


def _standard(name):
    """Modules of the standard library that are mostly imported from, and have the name."""
    return [module for module in (*_KNOWN, *_MORE) if name in names_of(module)][:2]


def _as_elsewhere(crash, name):
    """Import lines of other files that bring the name, the most frequent first."""
    counts = {}
    for source in crash.context.sources.values():
        for node in ast.walk(source.tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and not getattr(node, "level", 0):
                for alias in node.names:
                    if (alias.asname or alias.name) == name:
                        end = alias.name + (" as " + alias.asname if alias.asname else "")
                        start = "from %s import " % node.module if isinstance(node, ast.ImportFrom) else "import "
                        counts[start + end] = counts.get(start + end, 0) + 1
    return sorted(counts, key=lambda one: (-counts[one], one))[:2]


def _with(recipe, crash, text, why):
    yield proposal(recipe, crash.source, [import_edit(crash.source, text)], "Adds `%s`." % text, [why])
