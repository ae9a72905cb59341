"""Writes what happened, one JSON value a line, to a file of this process: `{kind: 'runner'|'start'|'test', …}`."""

import json
import os
import time

from nightshift_tests import compared, places, settings

TEXT_MAX = 2000
_INSIDE = "NIGHTSHIFT_TESTS_INSIDE"
_file = None
_owner = None


def claim(runner):
    """Whether this runner reports: one that is started by a test of another does not. Children inherit the mark."""
    global _file, _owner
    if settings.load() is None or (os.environ.get(_INSIDE) and _owner != (os.getpid(), runner)):
        return False
    if _owner is None:
        os.environ[_INSIDE] = runner
        _owner = (os.getpid(), runner)
        name = "python-%d-%d.jsonl" % (os.getpid(), time.time_ns())
        _file = open(os.path.join(settings.load()["folder"], name), "a", encoding="utf-8", buffering=1)
        write({"kind": "runner", "runner": runner})
    return True


def write(value):
    """A child that was forked is no longer who opened the file."""
    if _file is not None and _owner[0] == os.getpid():
        _file.write(json.dumps(value, ensure_ascii=True) + "\n")


def started(file, titles):
    write({"kind": "start", "file": file, "titles": titles})


def ended(file, titles, state, ms, failure=None):
    write({"kind": "test", "file": file, "titles": titles, "state": state, "ms": ms, "failure": failure})


def failure_of(error, traceback, sides=None):
    """An exception as a TestFailure: `sides` are `(expected, actual)` where they are known."""
    try:
        message = str(error)
    except Exception:
        message = ""
    expected, actual = sides or compared.from_unittest(traceback) or (None, None)
    return {
        "type": type(error).__name__,
        "message": message[:TEXT_MAX],
        "expected": expected,
        "actual": actual,
        "frames": places.frames(error, traceback),
    }
