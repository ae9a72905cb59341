"""unittest's side: every result notes what it is told, and tests that were not selected do not run.

Only the outermost running test counts: one that runs tests of its own reports as itself.
"""

import functools
import os
import sys
import time

from nightshift_tests import places, report, settings

_running = []


def _name(test):
    """`(file, titles)` of a TestCase, of a placeholder for what could not be imported, or of a class's set-up."""
    failed = getattr(test, "_nightshift_failed", None)
    if failed is not None:
        return failed["file"], []
    module = sys.modules.get(type(test).__module__)
    titles = [type(test).__qualname__, getattr(test, "_testMethodName", str(test))]
    if type(test).__name__ == "_ErrorHolder":
        # `setUpClass (package.module.Class)`
        step, _, where = test.description.rstrip(")").partition(" (")
        parts = where.split(".")
        while parts and ".".join(parts) not in sys.modules:
            parts.pop()
        module = sys.modules.get(".".join(parts))
        titles = [part for part in [where[len(".".join(parts)) + 1 :], step] if part]
    return places.relative(getattr(module, "__file__", None)), titles


def patch_case(case):
    run = case.TestCase.run

    @functools.wraps(run)
    def watched(self, result=None):
        if _running or not report.claim("unittest"):
            return run(self, result)
        file, titles = _name(self)
        chosen = settings.selection()
        if chosen is not None and not settings.is_selected(chosen, file, titles):
            return result
        entry = {"test": self, "file": file, "titles": titles, "state": "passed", "failure": None}
        report.started(file, titles)
        begun = time.perf_counter()
        _running.append(entry)
        try:
            return run(self, result)
        finally:
            _running.pop()
            ms = round((time.perf_counter() - begun) * 1000, 1)
            report.ended(file, titles, entry["state"], ms, entry["failure"])

    case.TestCase.run = watched


def patch_result(result):
    def note(name, state, error_at):
        plain = getattr(result.TestResult, name)

        @functools.wraps(plain)
        def watched(self, test, *rest):
            try:
                _note(test, state, rest[error_at] if error_at is not None else None)
            except Exception:  # What cannot be noted is still told to the runner.
                pass
            return plain(self, test, *rest)

        setattr(result.TestResult, name, watched)

    note("addFailure", "failed", 0)
    note("addError", "failed", 0)
    note("addSubTest", "failed", 1)
    note("addSkip", "skipped", None)
    note("addExpectedFailure", "skipped", None)
    note("addUnexpectedSuccess", "failed", None)


def _note(test, state, error):
    if not _running:
        if error and report.claim("unittest"):
            report.ended(*_name(test), "failed", None, report.failure_of(error[1], error[2]))
        return
    entry = _running[0]
    if test is not entry["test"] or entry["state"] == "failed":
        return
    if state == "failed" and error is None and not _unexpected(test):
        return
    entry["state"] = state
    if error:
        error = getattr(test, "_nightshift_failed", {}).get("error") or error
        entry["failure"] = report.failure_of(error[1], error[2])


def _unexpected(test):
    """An expected failure that passed has no exception; a sub-test that passed has none either."""
    method = getattr(test, getattr(test, "_testMethodName", ""), None)
    return any(getattr(one, "__unittest_expecting_failure__", False) for one in (test, method))


def patch_loader(loader):
    """The placeholder for a module that cannot be imported keeps why: unittest itself keeps only its text."""
    plain = loader._make_failed_import_test

    @functools.wraps(plain)
    def watched(name, suiteClass):
        error = sys.exc_info()
        suite, message = plain(name, suiteClass)
        file = _file_of(name)
        for test in suite:
            test._nightshift_failed = {"file": file, "error": error if error[1] is not None else None}
        return suite, message

    loader._make_failed_import_test = watched
    plain_load = loader.TestLoader.loadTestsFromModule

    @functools.wraps(plain_load)
    def watched_load(self, module, *rest, **more):
        suite = plain_load(self, module, *rest, **more)
        file = places.relative(getattr(module, "__file__", None))
        if () in (settings.selection() or {}).get(file, ()) and report.claim("unittest"):
            report.ended(file, [], "passed", None)
        return suite

    loader.TestLoader.loadTestsFromModule = watched_load


def _file_of(name):
    """`tests.test_x` as a path below one of the folders modules are looked up in."""
    for folder in [path or os.getcwd() for path in sys.path]:
        for end in (".py", "/__init__.py"):
            path = os.path.join(folder, *name.split(".")) + end
            if os.path.isfile(path) and places.relative(path):
                return places.relative(path)
    return None
