"""What the run was asked: `{folder, workspace, only, coverage}`, in the file that NIGHTSHIFT_TESTS names."""

import json
import os

_loaded = None


def load():
    """The task, or None in a process that is not part of a run."""
    global _loaded
    if _loaded is None:
        path = os.environ.get("NIGHTSHIFT_TESTS")
        if not path or not os.path.isfile(path):
            return None
        with open(path, encoding="utf-8") as file:
            _loaded = json.load(file)
        _loaded["workspace"] = os.path.realpath(_loaded["workspace"])
    return _loaded


def selection():
    """`{file: set of titles}` of the selected tests, titles as tuples; None for all of them."""
    task = load()
    if task is None or task["only"] is None:
        return None
    chosen = {}
    for test in task["only"]:
        chosen.setdefault(test["file"], set()).add(tuple(test["titles"]))
    return chosen


def is_selected(chosen, file, titles):
    """A file selected without titles is one that could not be imported: all of its tests run."""
    of_file = chosen.get(file, ())
    return tuple(titles) in of_file or () in of_file
