"""Tries the recipes and the search on every faulty project here, in the simplest way: `python3 loop.py [name …]`.

A project is copied, its tests are run one by one with their lines, the suspicion of a line is Ochiai's, and candidates
are tried in their order until the tests are green. Prints one line a project: what happened, after how many tries, and
whether the repair also passes the tests that were held out.
"""

import contextlib
import io
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LIB = os.path.join(HERE, "..", "..", "..", "lib")
MOST = 200


def in_child(work, seconds=10):
    """What `work` returns, as JSON from a forked child; None when it dies or takes too long."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                value = work()
            except BaseException:
                value = None
        os.write(write, json.dumps(value).encode())
        os._exit(0)
    os.close(write)
    end = time.time() + seconds
    import select

    text = b""
    while time.time() < end and select.select([read], [], [], max(0, end - time.time()))[0]:
        part = os.read(read, 1 << 16)
        if not part:
            break
        text += part
    else:
        os.kill(child, 9)
    os.close(read)
    os.waitpid(child, 0)
    return json.loads(text) if text else None


class Results:
    """Each test's end, its exception and its lines."""

    def __init__(self, root):
        self.root, self.tests, self.lines = root, {}, set()

    def trace(self, frame, event, argument):
        path = frame.f_code.co_filename
        if not path.startswith(self.root):
            return None
        self.lines.add((path[len(self.root) + 1 :], frame.f_lineno))
        return self.trace

    def pytest_runtest_protocol(self, item):
        self.lines = set()
        sys.settrace(self.trace)

    def pytest_collectreport(self, report):
        if report.failed:
            self.tests[report.nodeid] = {"passed": False, "lines": [], "failure": None}

    def pytest_runtest_makereport(self, item, call):
        if call.when == "teardown":
            return
        if call.when == "call":
            sys.settrace(None)
        failure = None
        if call.excinfo is not None:
            frames = [one for one in call.excinfo.traceback if str(one.path).startswith(self.root)]
            spots = [{"path": str(one.path)[len(self.root) + 1 :], "line": one.lineno + 1, "column": None, "function": one.name} for one in frames]
            text = str(call.excinfo.value)[:2000]
            failure = {"type": call.excinfo.typename, "message": text, "expected": None, "actual": None, "frames": spots[::-1]}
        old = self.tests.get(item.nodeid, {"lines": [], "passed": True, "failure": None})
        lines = sorted(set(map(tuple, old["lines"])) | self.lines)
        passed = old["passed"] and call.excinfo is None
        self.tests[item.nodeid] = {"passed": passed, "lines": lines, "failure": old["failure"] or failure}


def run(root, arguments, traced=False):
    import pytest

    os.chdir(root)
    sys.path.insert(0, root)
    results = Results(root)
    plugins = [results] if traced else []
    status = pytest.main(["-q", "-p", "no:cacheprovider", *arguments], plugins=plugins)
    return {"status": int(status), "tests": results.tests}


def suspects(tests):
    failed = [one for one in tests.values() if not one["passed"]]
    counts = {}
    for one in tests.values():
        for path, line in {tuple(two) for two in one["lines"]}:
            if not path.startswith("tests/"):
                ran = counts.setdefault((path, line), [0, 0])
                ran[0 if not one["passed"] else 1] += 1
    found = [(bad / math.sqrt(len(failed) * (bad + good)), path, line) for (path, line), (bad, good) in counts.items() if bad]
    return [{"path": path, "line": line, "weight": round(weight, 4)} for weight, path, line in sorted(found, reverse=True)[:60]]


def asked(task):
    program = os.path.join(LIB, "recipes", "python", "main.py")
    done = subprocess.run([sys.executable, program], input=json.dumps(task), capture_output=True, text=True, check=True)
    return [one["proposal"] for one in json.loads(done.stdout) if one["ok"]]


def candidates(root, tests):
    files = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)[len(root) + 1 :]
            if name.endswith(".py") and not path.startswith("tests/"):
                with open(os.path.join(root, path), encoding="utf-8") as file:
                    files[path] = file.read()
    failures = [{"test": name, "file": None, "failure": one["failure"]} for name, one in tests.items() if one["failure"]]
    seen = []
    for one in collected(root, failures):
        frames = [spot for spot in one["failure"]["frames"] if spot["path"] in files]
        if frames and one["failure"]["type"] != "AssertionError":
            crash = {**frames[0], "type": one["failure"]["type"], "message": one["failure"]["message"]}
            seen += asked({"crash": crash, "frames": frames, "files": files})
    seen += asked({"files": files, "suspects": suspects(tests), "failures": failures, "most": MOST})
    found = {json.dumps(one["edits"]): one for one in reversed(seen) if all(edit["path"] in files for edit in one["edits"])}
    return list(reversed(found.values()))


def collected(root, failures):
    """The failures as the collector tells them: with the exception behind a file that cannot be imported."""
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "python.json"), "w", encoding="utf-8") as file:
        json.dump({"folder": folder, "workspace": root, "only": None, "coverage": False}, file)
    site = os.path.join(LIB, "harness", "tests", "python", "site")
    env = {**os.environ, "NIGHTSHIFT_TESTS": os.path.join(folder, "python.json"), "PYTHONPATH": site, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-m", "pytest", "-q", "tests"], cwd=root, env=env, capture_output=True)
    found = []
    for name in os.listdir(folder):
        if name.endswith(".jsonl"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                found += [json.loads(line) for line in file]
    shutil.rmtree(folder)
    found = [one for one in found if one["kind"] == "test" and one["failure"]]
    for one in found:
        for other in failures:
            if one["titles"] and other["test"].endswith("::".join(one["titles"])):
                other["failure"].update(expected=one["failure"]["expected"], actual=one["failure"]["actual"])
    return found


def attempt(name):
    root = os.path.realpath(tempfile.mkdtemp())
    for part in os.listdir(os.path.join(HERE, name)):
        if part not in ("truth", "held-out", "command"):
            shutil.copytree(os.path.join(HERE, name, part), os.path.join(root, part), ignore=shutil.ignore_patterns("__pycache__"))
    begun = time.time()
    tests = in_child(lambda: run(root, ["tests"], traced=True))["tests"]
    failed = [one for one, test in tests.items() if not test["passed"]]
    tries = 0
    green = []
    for one in candidates(root, tests):
        before = {}
        for edit in one["edits"]:
            path = os.path.join(root, edit["path"])
            with open(path, encoding="utf-8") as file:
                before[path] = file.read()
            with open(path, "w", encoding="utf-8") as file:
                file.write(edit["text"])
        tries += 1
        first = in_child(lambda: run(root, ["-x", *failed])["status"], 5)
        if first == 0 and in_child(lambda: run(root, ["tests"])["status"]) == 0:
            held = in_child(lambda: run(root, [os.path.join(HERE, name, "held-out")])["status"]) == 0
            green.append((tries, held, one["recipe"], one["summary"]))
            if len(green) == 1:
                break
        for path, text in before.items():
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
    shutil.rmtree(root)
    seconds = time.time() - begun
    print("%s: %s (%d tries, %.0f s)" % (name, "green" if green else "NOTHING", tries, seconds), flush=True)
    for at, held, recipe, summary in green:
        print("   try %d, held-out %s: %s: %s" % (at, "passed" if held else "FAILED", recipe, summary), flush=True)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    import pytest  # Loaded once, so that each child starts at once.

    for one in sys.argv[1:] or sorted(os.listdir(HERE)):
        if os.path.isdir(os.path.join(HERE, one, "truth")):
            attempt(one)
