"""What the standard library has; nothing else is ever imported here."""

import importlib
import sys


def names_of(module):
    """Public names of a module of the standard library; none for any other module."""
    if module.split(".")[0] not in sys.stdlib_module_names:
        return set()
    try:
        return {name for name in dir(importlib.import_module(module)) if not name.startswith("__")}
    except ImportError:
        return set()
