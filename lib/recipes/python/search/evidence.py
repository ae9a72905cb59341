"""What the failing tests say about the kind of fault: how much likelier an operator is because of it."""

import ast

_BY_TYPE = {
    "IndexError": {"bounds": 1.6, "values": 1.2, "comparisons": 1.3, "guards": 1.6, "extended": 1.3},
    "KeyError": {"softened": 2.5, "names": 1.3, "constants": 1.5, "guards": 1.5, "extended": 1.2},
    "AttributeError": {"attributes": 1.6, "guards": 1.6, "extended": 1.5, "parentheses": 1.6, "awaits": 2.0, "own": 1.5},
    "NameError": {"names": 2.0, "own": 2.0},
    "UnboundLocalError": {"moved": 1.6, "names": 1.3, "copies": 1.3},
    "RecursionError": {"names": 1.3, "arguments": 1.3, "values": 1.5, "comparisons": 1.3, "unwrapped": 1.2, "operators": 1.2},
    "TypeError": {"arguments": 1.4, "parentheses": 1.6, "wrapped": 1.6, "awaits": 2.0, "returns": 1.6, "guards": 1.2, "deeper": 1.3},
    "ZeroDivisionError": {"guards": 1.8, "extended": 1.5, "comparisons": 1.2},
    "ValueError": {"wrapped": 1.3, "guards": 1.4, "comparisons": 1.2},
    "RuntimeError": {"wrapped": 1.4},
}


def boosts(failures):
    """`{operator: factor}`, the strongest sign of any failure."""
    found = {}

    def more(signs):
        for name, factor in signs.items():
            found[name] = max(found.get(name, 1.0), factor)

    for one in failures:
        failure = one["failure"]
        more(_BY_TYPE.get(failure["type"], {}))
        # Python itself says what nobody awaited: no other change is likelier.
        if "coroutine" in failure["message"]:
            more({"awaits": 6.0})
        expected, actual = value_of(failure.get("expected")), value_of(failure.get("actual"))
        if expected is not _UNKNOWN and actual is not _UNKNOWN:
            more(_by_values(expected, actual))
    return found


_UNKNOWN = object()


def value_of(text):
    """A printed value read back; `_UNKNOWN` for objects and what is cut off."""
    if text is None:
        return _UNKNOWN
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return _UNKNOWN


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _by_values(expected, actual):
    if actual is None and expected is not None:
        return {"returns": 2.2, "awaits": 1.5, "moved": 1.3}
    if isinstance(expected, bool) and isinstance(actual, bool):
        return {"comparisons": 1.4, "negated": 1.4, "booleans": 1.5, "extended": 1.3, "names": 1.1}
    if _number(expected) and _number(actual):
        near = abs(expected - actual) == 1
        signs = {"bounds": 1.7, "values": 1.6, "comparisons": 1.3} if near else {"arithmetic": 1.4, "operands": 1.3}
        if expected == -actual:
            signs = {"operands": 1.8, "arithmetic": 1.5, "arguments": 1.4}
        if isinstance(expected, int) and isinstance(actual, float):
            signs = {"arithmetic": 1.6, "wrapped": 1.3}
        return signs
    if type(expected) is not type(actual):
        return {"wrapped": 1.6, "returns": 1.3, "unwrapped": 1.3, "deeper": 1.3}
    if isinstance(expected, str) and expected.strip().lower() == actual.strip().lower():
        return {"wrapped": 1.8, "constants": 1.3, "attributes": 1.3}
    if isinstance(expected, (list, tuple)):
        if list(expected) == list(actual)[::-1]:
            return {"arguments": 1.6, "slices": 1.5, "constants": 1.4, "operands": 1.4}
        if abs(len(expected) - len(actual)) == 1:
            return {"bounds": 1.6, "comparisons": 1.4, "values": 1.2, "slices": 1.3, "copies": 1.3, "moved": 1.2}
    return {}


def shown_by(failures):
    """Short literals the tests expected and the program did not give, as they are written."""
    texts = set()
    for one in failures:
        expected, actual = one["failure"].get("expected"), one["failure"].get("actual")
        if expected and len(expected) <= 40 and value_of(expected) is not _UNKNOWN and expected not in str(actual):
            texts.add(expected)
    return texts
