"""Which files are the repository's, and where in them an exception passed."""

import linecache
import os
import re

from nightshift_tests import settings

FRAMES_MAX = 20
_FOREIGN = re.compile(r"(?:^|/)(?:site-packages|dist-packages|node_modules|\.?venv|\.tox|\.nox|\.eggs)/")
_known = {}


def relative(filename):
    """Path from the root of the repository; None for files outside, installed ones and code without a file."""
    if filename in _known:
        return _known[filename]
    path = None
    if filename and not filename.startswith("<"):
        full = os.path.realpath(filename)
        root = settings.load()["workspace"] + os.sep
        if full.startswith(root) and not _FOREIGN.search(full[len(root) :]):
            path = full[len(root) :].replace(os.sep, "/")
    _known[filename] = path
    return path


def frames(error, traceback):
    """The places of a traceback in the repository, innermost first: `{path, line, column, function}`."""
    found = []
    if isinstance(error, SyntaxError) and error.filename and relative(error.filename):
        found.append(_spot(relative(error.filename), error.lineno or 1, error.offset or None, None))
    trail = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = relative(code.co_filename)
        if path is not None:
            name = getattr(code, "co_qualname", code.co_name)
            trail.append(_spot(path, traceback.tb_lineno or 1, _column(traceback), name.replace(".<locals>.", ".")))
        traceback = traceback.tb_next
    return (found + trail[::-1])[:FRAMES_MAX]


def _spot(path, line, column, function):
    return {"path": path, "line": line, "column": column, "function": function}


def _column(traceback):
    """Where the failing expression begins, counted from one; None before Python 3.11."""
    code = traceback.tb_frame.f_code
    if not hasattr(code, "co_positions") or traceback.tb_lasti < 0:
        return None
    for at, (line, _, column, _) in enumerate(code.co_positions()):
        if at == traceback.tb_lasti // 2:
            if line != traceback.tb_lineno or column is None:
                return None
            text = linecache.getline(code.co_filename, line).encode("utf-8", "replace")
            return len(text[:column].decode("utf-8", "replace")) + 1
    return None
