"""Loaded by every Python process whose PYTHONPATH names this folder; must never break one.

Only the first `sitecustomize` on the path is imported, so the one it hides is run from here.
"""


def _chain():
    """Runs the sitecustomize of the machine or the repository, where there is one."""
    import os
    import sys

    here = os.path.dirname(os.path.abspath(__file__))
    for folder in sys.path:
        path = os.path.join(folder or os.getcwd(), "sitecustomize.py")
        if os.path.abspath(os.path.dirname(path)) == here or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            source = file.read()
        exec(compile(source, path, "exec"), {"__name__": "sitecustomize", "__file__": path, "__builtins__": __builtins__})
        return


try:
    import nightshift_tests.boot
except Exception:  # A process that cannot be watched must still run.
    pass
_chain()
