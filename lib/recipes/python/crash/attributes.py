"""*A member that is not there*: misspelt, renamed, or a method that was not called."""

import ast
import builtins
import re

from answer import proposal
from scope import bound_in, members_of
from spelling import alike, nearest
from standard import names_of


def attributes(recipe, crash):
    if crash.type != "AttributeError" or "NoneType" in crash.message:
        return
    found = re.search(r"(?:'([\w.]+)' object|type object '(\w+)'|module '([\w.]+)') has no attribute '(\w+)'", crash.message)
    if not found:
        return
    owner, name = found.group(1) or found.group(2), found.group(4)
    nodes = [one for one in crash.nodes(ast.Attribute) if one.attr == name]
    if not nodes:
        return
    node, source = nodes[0], crash.source
    if owner in ("method", "function", "builtin_function_or_method"):
        end = source.end(node.value)
        yield proposal(recipe, source, [(end, end, "()")], "Calls %s." % source.get(node.value), ["it was meant to be called"])
        return
    known = _known(crash, owner, found.group(3))
    likely = nearest(name, known)
    likely += sorted((one for one in known if alike(name, one) >= 0.5 and one not in likely), key=lambda one: (-alike(name, one), one))
    suggestion = re.search(r"Did you mean: '(\w+)'", crash.message)
    if suggestion:
        likely.insert(0, suggestion.group(1))
    end = source.end(node)
    for other in list(dict.fromkeys(likely))[:3]:
        what = owner or found.group(3)
        edits = [(end - len(name), end, other)]
        assumes = ["%s has a member %s and none called %s" % (what, other, name)]
        yield proposal(recipe, source, edits, "Reads %s instead of %s." % (other, name), assumes)


def _known(crash, owner, module):
    """Names an object of that type has: a class of the repository with its bases, a built-in type, a module."""
    if module:
        source = crash.module(module)
        return set(bound_in(source.tree)) if source else names_of(module)
    known, todo, classes = set(), [owner.split(".")[-1]], crash.classes()
    while todo:
        name = todo.pop()
        for _, node in classes.pop(name, ()):
            known |= set(members_of(node))
            todo += [getattr(base, "id", getattr(base, "attr", "")) for base in node.bases]
        known |= {one for one in dir(getattr(builtins, name, object)) if not one.startswith("__")}
    return known
