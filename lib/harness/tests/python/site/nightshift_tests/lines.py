"""Which lines of the repository this process ran; written as `{path: [line, …]}` when it ends.

Whether a line ran is all that is kept, so a function whose every line was seen is no longer traced.
"""

import atexit
import dis
import json
import os
import sys
import threading
import time

from nightshift_tests import places

_seen = {}
_left = {}


def start(task):
    if hasattr(sys, "monitoring"):
        _monitor(sys.monitoring)
    else:
        sys.settrace(_on_call)
        threading.settrace(_on_call)
    os.register_at_fork(after_in_child=_seen.clear)
    atexit.register(_write, task["folder"])


def _monitor(monitoring):
    """Python 3.12: each line is told once, then costs nothing."""

    def on_line(code, line):
        path = places.relative(code.co_filename)
        if path is not None:
            _seen.setdefault(path, set()).add(line)
        return monitoring.DISABLE

    monitoring.use_tool_id(monitoring.COVERAGE_ID, "nightshift")
    monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, on_line)
    monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)


def _on_call(frame, event, argument):
    code = frame.f_code
    left = _left.get(code)
    if left is None:
        path = places.relative(code.co_filename)
        left = _left[code] = {line for _, line in dis.findlinestarts(code) if line} if path is not None else ()
    if not left:
        return None
    seen = _seen.setdefault(places.relative(code.co_filename), set())

    def on_line(frame, event, argument):
        line = frame.f_lineno
        # A module begins on a line 0 that no file has.
        if line:
            seen.add(line)
            left.discard(line)
        if not left:
            frame.f_trace_lines = False
            return None
        return on_line

    return on_line(frame, event, argument)


def _write(folder):
    sys.settrace(None)
    name = "python-lines-%d-%d.json" % (os.getpid(), time.time_ns())
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump({path: sorted(lines) for path, lines in _seen.items()}, file)
