"""The hooks of one pytest run that is ours to report."""

import os

import pytest
from nightshift_tests import compared, places, report, settings


def path_of(node):
    return places.relative(str(getattr(node, "path", None) or node.fspath))


def name_of(item):
    """`(file, titles)`: the classes around a test and its own name with its parameters."""
    chain = item.listchain()
    files = [at for at, node in enumerate(chain) if isinstance(node, pytest.File)]
    titles = [node.name for node in chain[files[-1] + 1 if files else -1 :] if node.name != "()"]
    return path_of(item), titles


def _ignored(path):
    """Files without a selected test need not be imported: True for those, None where pytest decides."""
    chosen = settings.selection()
    if chosen is None or None in chosen or not os.path.isfile(path) or os.path.basename(path) == "__init__.py":
        return None
    return None if places.relative(path) in chosen else True


class Watch:
    def __init__(self, writes):
        self.writes = writes
        self.phases = {}
        self.sides = None

    if getattr(pytest, "version_tuple", (6,)) >= (7,):

        def pytest_ignore_collect(self, collection_path):
            return _ignored(str(collection_path))

    else:

        def pytest_ignore_collect(self, path):
            return _ignored(str(path))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config, items):
        chosen = settings.selection()
        if chosen is None:
            return
        kept, dropped = [], []
        for item in items:
            (kept if settings.is_selected(chosen, *name_of(item)) else dropped).append(item)
        if dropped:
            config.hook.pytest_deselected(items=dropped)
            items[:] = kept

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self, collector):
        outcome = yield
        answer = outcome.get_result()
        if not self.writes or not isinstance(collector, pytest.File):
            return
        file = path_of(collector)
        if answer.outcome == "failed" and getattr(answer, "call", None) and answer.call.excinfo:
            error = answer.call.excinfo.value
            if isinstance(error, collector.CollectError) and error.__cause__ is not None:
                error = error.__cause__
            report.ended(file, [], "failed", None, report.failure_of(error, error.__traceback__))
        elif answer.outcome == "passed" and () in (settings.selection() or {}).get(file, ()):
            report.ended(file, [], "passed", None)

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, op, left, right):
        """Only remembers the sides; how they are shown stays pytest's."""
        self.sides = (left, right) if op == "==" else None

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        outcome = yield
        answer = outcome.get_result()
        file, titles = name_of(item)
        failure = None
        if call.excinfo is not None and answer.outcome == "failed":
            error, traceback = call.excinfo.value, call.excinfo.tb
            compare = self.sides is not None and isinstance(error, AssertionError)
            failure = report.failure_of(error, traceback, compared.ordered(*self.sides, traceback) if compare else None)
        elif answer.outcome == "failed":
            failure = {"type": "Failure", "message": str(answer.longrepr), "frames": []}
        self.sides = None
        answer.nightshift = {"file": file, "titles": titles, "failure": failure}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid):
        self.phases[nodeid] = []

    def pytest_runtest_logreport(self, report):
        self.phases.setdefault(report.nodeid, []).append(report)

    def pytest_runtest_logfinish(self, nodeid):
        phases = [one for one in self.phases.pop(nodeid, []) if hasattr(one, "nightshift")]
        if not phases or not self.writes:
            return
        about = phases[0].nightshift
        failures = [one.nightshift["failure"] for one in phases if one.outcome == "failed"]
        skipped = any(one.outcome == "skipped" for one in phases)
        state = "failed" if failures else "skipped" if skipped else "passed"
        ms = round(sum(one.duration for one in phases) * 1000, 1)
        report.ended(about["file"], about["titles"], state, ms, failures[0] if failures else None)

    def pytest_runtest_protocol(self, item):
        """What began and never ended took its process with it."""
        if self.writes:
            report.started(*name_of(item))
