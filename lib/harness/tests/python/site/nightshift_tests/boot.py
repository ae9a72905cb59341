"""Runs once a process, before its own code: starts line coverage where it was asked for, waits for unittest.

pytest finds our plugin by itself, through the entry point of the distribution beside this package.
"""

from nightshift_tests import after_import, settings


def start():
    task = settings.load()
    if task is None:
        return
    if task["coverage"]:
        from nightshift_tests import lines

        lines.start(task)
    after_import.watch("unittest.loader", "nightshift_tests.unittest_hooks", "patch_loader")
    after_import.watch("unittest.case", "nightshift_tests.unittest_hooks", "patch_case")
    after_import.watch("unittest.result", "nightshift_tests.unittest_hooks", "patch_result")


start()
