"""pytest's side: selects tests, and hands on what each test and each file that cannot be imported came to.

With pytest-xdist the workers' reports arrive at the controller with what we hung on them; workers write nothing.
"""

import pytest
from nightshift_tests import places, report, settings
from nightshift_tests.pytest_watch import Watch

_configs = []


def pytest_configure(config):
    """A run that a test starts in this same process is the test's own affair."""
    if not _configs and hasattr(config, "workerinput"):
        config.pluginmanager.register(Watch(writes=False), "nightshift-watch")
    elif not _configs and report.claim("pytest"):
        config.pluginmanager.register(Watch(writes=True), "nightshift-watch")
    _configs.append(config)


def pytest_unconfigure(config):
    if config in _configs:
        _configs.remove(config)


@pytest.hookimpl(hookwrapper=True)
def pytest_load_initial_conftests(early_config):
    """A conftest that cannot be imported ends the run before it has begun."""
    outcome = yield
    error = outcome.excinfo[1] if outcome.excinfo else None
    path = places.relative(str(getattr(error, "path", ""))) if settings.load() else None
    if path and not _configs and report.claim("pytest"):
        cause = error.__cause__ or (getattr(error, "excinfo", None) or outcome.excinfo)[1]
        report.ended(path, [], "failed", None, report.failure_of(cause, cause.__traceback__))
