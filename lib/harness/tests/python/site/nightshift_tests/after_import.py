"""Calls a function of ours once a module was imported by the program: nothing is imported before its time."""

import importlib
import sys
from importlib.machinery import PathFinder

_watched = {}


def watch(name, module, function):
    """After `name` is imported, calls `function` of our `module` with it."""
    if name in sys.modules:
        _call(module, function, sys.modules[name])
        return
    if not _watched:
        sys.meta_path.insert(0, _Finder())
    _watched[name] = (module, function)


def _call(module, function, imported):
    try:
        getattr(importlib.import_module(module), function)(imported)
    except Exception:  # The program goes on unwatched.
        pass


class _Finder:
    """Finds what the ordinary finder finds, with a loader that tells us when it is done."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in _watched:
            return None
        module, function = _watched.pop(name)
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        run = spec.loader.exec_module

        def exec_module(imported):
            run(imported)
            _call(module, function, imported)

        spec.loader.exec_module = exec_module
        return spec
