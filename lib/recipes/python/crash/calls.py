"""*Arguments that do not fit*: a keyword that was renamed, one that is missing, a method without `self`."""

import ast
import re

from answer import proposal, refusal
from scope import local_names
from spelling import alike, nearest


def calls(recipe, crash):
    if crash.type != "TypeError":
        return
    found = re.match(r"(?:[\w<>]+\.)*(\w+)\(\) ", crash.message)
    if not found:
        return
    name = found.group(1)
    # `Order() missing …` is said of `__init__`.
    callees = crash.context.functions.get(name, ())
    sites = [one for one in crash.nodes(ast.Call) if _named(crash, one, name)]
    rest = crash.message[found.end() :]
    if "got an unexpected keyword argument" in rest:
        yield from _renamed(recipe, crash, sites, callees, re.search(r"'(\w+)'", rest).group(1))
    elif "missing" in rest:
        yield from _missing(recipe, crash, sites, re.findall(r"'(\w+)'", rest))
    elif re.match(r"takes 0 positional arguments but 1 was given", rest):
        yield from _without_self(recipe, crash, name)


def _named(crash, node, name):
    called = getattr(node.func, "id", getattr(node.func, "attr", None))
    return called == name or (name == "__init__" and called in crash.classes())


def _renamed(recipe, crash, sites, callees, keyword):
    parameters = [one.arg for function in callees for one in [*function.args.args, *function.args.kwonlyargs]]
    for site in sites:
        given = {one.arg for one in site.keywords}
        argument = next((one for one in site.keywords if one.arg == keyword), None)
        free = [one for one in dict.fromkeys(parameters) if one not in given and one not in ("self", "cls")]
        likely = nearest(keyword, free) or sorted(free, key=lambda one: (-alike(keyword, one), one))
        likely = likely if len(free) == 1 else [one for one in likely if alike(keyword, one) > 0.3]
        for other in likely[:2] if argument else ():
            at = crash.source.start(argument)
            edits = [(at, at + len(keyword), other)]
            assumes = ["the parameter is called %s, and the call leaves it out" % other]
            yield proposal(recipe, crash.source, edits, "Passes %s instead of %s." % (other, keyword), assumes)


def _missing(recipe, crash, sites, names):
    """Filled only by what has the same name where the call stands: no value is made up."""
    if not sites:
        yield refusal(recipe, "the call that lacks an argument is not on line %d" % crash.line)
    for site in sites:
        source, close = crash.source, crash.source.end(site) - 1
        here = local_names(source, site)
        function = crash.function()
        this = function.args.args[0].arg if function and function.args.args and function.args.args[0].arg == "self" else None
        texts = []
        for name in names:
            own = this and re.search(r"\bself\.%s\b" % name, source.text)
            texts.append(name if name in here else "self." + name if own else None)
        if None in texts:
            yield refusal(recipe, "nothing called %s can be seen from line %d" % (", ".join(names), crash.line))
            continue
        given = any(one.arg for one in site.keywords)
        shown = ["%s=%s" % pair if given else pair[1] for pair in zip(names, texts)]
        before = source.text[source.start(site) : close].rstrip()
        comma = "" if not (site.args or site.keywords) or before.endswith(",") else ", "
        assumes = ["%s is what stands under that name where the call is" % name for name in names]
        yield proposal(recipe, source, [(close, close, comma + ", ".join(shown))], "Passes %s too." % ", ".join(names), assumes)


def _without_self(recipe, crash, name):
    for source in crash.context.sources.values():
        for home in [one for one in ast.walk(source.tree) if isinstance(one, ast.ClassDef)]:
            for node in home.body:
                plain = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.decorator_list
                if plain and node.name == name and not node.args.args and not node.args.vararg:
                    at = source.text.index("(", source.start(node)) + 1
                    yield proposal(recipe, source, [(at, at, "self")], "Takes self.", ["%s is called on an object" % name])
