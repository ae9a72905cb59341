"""The two sides of an equality that did not hold: which of them the test expected, which the program gave."""

import ast
import linecache

TEXT_MAX = 2000


def shown(value):
    """`repr`, which may be anything's own code and may fail."""
    try:
        return repr(value)[:TEXT_MAX]
    except Exception:
        return None


def ordered(left, right, traceback):
    """`(expected, actual)`: by custom the right side is expected, unless only the left one is written out."""
    if _literal_left(traceback):
        left, right = right, left
    return shown(right), shown(left)


def from_unittest(traceback):
    """The sides of the innermost `assertEqual` on the traceback, with it; None where there is none."""
    caller = None
    while traceback is not None:
        frame = traceback.tb_frame
        name = frame.f_code.co_name
        known = frame.f_globals.get("__name__") == "unittest.case"
        if known and name.startswith("assert") and "Equal" in name and "Not" not in name and caller is not None:
            values = frame.f_locals
            for first, second in (("first", "second"), ("list1", "list2"), ("d1", "d2"), ("seq1", "seq2")):
                if first in values and second in values:
                    return ordered(values[first], values[second], caller)
        if not known:
            caller = traceback
        traceback = traceback.tb_next
    return None


def _literal_left(traceback):
    while traceback is not None and traceback.tb_next is not None and "unittest" not in str(
        traceback.tb_next.tb_frame.f_globals.get("__name__")
    ):
        traceback = traceback.tb_next
    if traceback is None:
        return False
    text = linecache.getline(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno).strip()
    try:
        (statement,) = ast.parse(text).body
    except (SyntaxError, ValueError):
        return False
    if isinstance(statement, ast.Assert) and isinstance(statement.test, ast.Compare):
        sides = [statement.test.left, *statement.test.comparators]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        sides = statement.value.args
    else:
        return False
    return len(sides) >= 2 and _is_literal(sides[0]) and not _is_literal(sides[1])


def _is_literal(node):
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True
