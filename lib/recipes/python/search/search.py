"""Candidate repairs where no crash names the line: every operator on every suspicious line, the likeliest first.

A candidate's score is the suspicion of its line, times how often faults of its kind are met, times what the failing
tests say. The operators are those of the published work on program repair and of mutation testing.
"""

import ast

from answer import short
from search import calls, conditions, constants, imports, insertions, lookups, names, offsets, operators, statements
from search.context import Context
from search.evidence import boosts, shown_by
from source import parse

OPERATORS = [
    *(operators.comparisons, operators.both, operators.booleans, operators.arithmetic, operators.operands),
    *(conditions.negated, conditions.extended, conditions.other_conditions),
    *(offsets.bounds, offsets.values, offsets.slices),
    *(constants.constants, constants.for_names),
    *(imports.imported, names.names, names.own, names.attributes, names.deeper),
    *(calls.arguments, calls.parentheses, calls.awaits, calls.unwrapped, calls.wrapped, calls.extremes),
    *(lookups.softened, lookups.hardened),
    *(statements.removed, statements.swapped, statements.moved, statements.leaving, statements.returns),
    *(statements.defaults, insertions.copies, insertions.guards),
]
_BODIES = ("body", "orelse", "finalbody", "handlers")


def search(task):
    """Proposals for a SearchInput, at most `most`."""
    failures = task.get("failures", [])
    context = Context(task["files"], failures)
    factors, shown = boosts(failures), shown_by(failures)
    found = {}
    for path, weights in _weights(task["suspects"]).items():
        source = context.sources.get(path)
        if source is None:
            continue
        context.enter(source)
        for node, weight in _nodes(source, weights):
            for operator in OPERATORS:
                name = operator.__name__
                for prior, edits in operator(source, node, context):
                    score = weight * min(prior * factors.get(name, 1.0), 1.0)
                    if any(text in edit[2] for text in shown for edit in edits if len(edit[2]) <= 60):
                        score *= 1.3
                    key = (path, source.applied(edits))
                    if key[1] != source.text and score > found.get(key, (0,))[0]:
                        found[key] = (score, name, node.lineno, edits)
    ranked = sorted(found.items(), key=lambda one: (-one[1][0], one[0][0], one[1][2], one[0][1]))
    return list(_valid(context, ranked, task["most"]))


def _weights(suspects):
    by_path = {}
    for one in suspects:
        lines = by_path.setdefault(one["path"], {})
        lines[one["line"]] = max(lines.get(one["line"], 0), one["weight"])
    return by_path


def _nodes(source, weights):
    """Each node with the suspicion of its line, or of the statement it is part of: runners count only first lines."""
    heaviest = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.stmt):
            for part in _own(node):
                line = getattr(part, "lineno", None)
                if line is not None or isinstance(part, ast.Slice):
                    heaviest[part] = max(weights.get(node.lineno, 0), weights.get(line or node.lineno, 0))
    return [(node, weight) for node, weight in heaviest.items() if weight > 0]


def _own(statement):
    """A statement and its expressions, without the statements inside it."""
    yield statement
    todo = [child for name, value in ast.iter_fields(statement) if name not in _BODIES for child in _listed(value)]
    while todo:
        node = todo.pop()
        if not isinstance(node, ast.stmt):
            yield node
            todo.extend(ast.iter_child_nodes(node))


def _listed(value):
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, ast.AST)]


def _valid(context, ranked, most):
    """Those that parse, and are not the same tree as one before."""
    trees = set()
    for (path, text), (score, name, line, edits) in ranked:
        if most <= 0:
            return
        tree = parse(text)
        key = tree and (path, hash(ast.dump(tree)))
        if tree is None or key in trees:
            continue
        trees.add(key)
        most -= 1
        source = context.sources[path]
        yield {
            "ok": True,
            "proposal": {
                "recipe": "search/" + name.replace("_", "-"),
                "edits": [{"path": path, "text": text}],
                "summary": _summary(source, line, edits),
                "assumes": ["nothing but the tests says that this line is the fault"],
                "modelledOn": None,
                "score": score,
            },
        }


def _summary(source, line, edits):
    """What was changed, from the first edit: a replacement, an insertion or a removal."""
    start, end, new = edits[0]
    first = source.text.rfind("\n", 0, start) + 1
    last = source.text.find("\n", end)
    last = len(source.text) if last < 0 else last
    old, now = short(source.text[start:end]), short(new)
    where = "on line %d" % line
    if not old:
        return "Adds `%s` %s." % (now, where)
    if not now:
        return "Removes `%s` %s." % (old, where)
    if len(edits) > 1:
        return "Changes `%s` %s." % (short(source.text[first:last]), where)
    return "Writes `%s` instead of `%s` %s." % (now, old, where)
