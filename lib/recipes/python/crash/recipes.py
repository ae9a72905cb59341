"""Every recipe for a crash, the surest first."""

from answer import refusal
from crash import attributes, awaits, calls, conversions, guards, imports, locals, lookups, names, returns, syntax
from crash.site import Crash

RECIPES = [
    ("python-names", names.names),
    ("python-imports", imports.imports),
    ("python-attributes", attributes.attributes),
    ("python-await", awaits.awaits),
    ("python-calls", calls.calls),
    ("python-locals", locals.unbound),
    ("python-missing-return", returns.returns),
    ("python-conversions", conversions.conversions),
    ("python-lookups", lookups.lookups),
    ("python-guards", guards.guards),
]


def repair(task):
    """What each recipe says; one that trips over odd source refuses instead of ending the run."""
    if task["crash"]["type"] in ("SyntaxError", "IndentationError", "TabError"):
        return syntax.syntax(task)
    try:
        crash = Crash(task)
    except ValueError as error:
        return [refusal("python", str(error))]
    answers = []
    for name, recipe in RECIPES:
        try:
            found = list(recipe(name, crash))
        except Exception as error:
            found = [refusal(name, "the recipe failed: %s" % error)]
        answers += found or [refusal(name, "it is not the kind of crash this recipe repairs")]
    return _once(answers)


def _once(answers):
    """Two recipes, or two nodes of a line, may come to the same repair."""
    seen, kept = [], []
    for one in answers:
        edits = one["proposal"]["edits"] if one["ok"] else None
        if edits is None or edits not in seen:
            kept.append(one)
            seen.append(edits)
    return kept
