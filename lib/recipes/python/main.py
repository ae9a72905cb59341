"""`python3 main.py`: a RecipeInput or a SearchInput on stdin, a RecipeAnswer[] on stdout, exit 0 when it answered.

The edits of a search are told as lines, those of a crash as whole texts."""

import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.setrecursionlimit(20_000)

from answer import refusal


def _spot(value):
    return isinstance(value, dict) and isinstance(value.get("path"), str) and type(value.get("line")) is int


def _files(value):
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _lines(path, before, after):
    """What differs, as lib/domain/lineEdit.ts has it: a file may be large and its candidates many."""
    old, now = before.split("\n"), after.split("\n")
    most = min(len(old), len(now))
    at = 0
    while at < most and old[at] == now[at]:
        at += 1
    end = 0
    while end < most - at and old[-1 - end] == now[-1 - end]:
        end += 1
    return {"path": path, "at": at, "gone": len(old) - at - end, "lines": now[at : len(now) - end]}


def _told(answer, files):
    if not answer["ok"]:
        return answer
    edits = [_lines(one["path"], files[one["path"]], one["text"]) for one in answer["proposal"]["edits"]]
    return {"ok": True, "proposal": {**answer["proposal"], "edits": edits}}


def answers(task):
    if not isinstance(task, dict) or not _files(task.get("files")):
        return [refusal("all", "the input is not a crash or a search with files")]
    if "suspects" in task:
        from search.search import search

        sound = isinstance(task["suspects"], list) and all(map(_spot, task["suspects"])) and type(task.get("most")) is int
        if not sound:
            return [refusal("all", "the suspects are not lines with a weight")]
        return [_told(answer, task["files"]) for answer in search(task)]
    crash = task.get("crash")
    if not _spot(crash) or not isinstance(crash.get("type"), str) or not isinstance(crash.get("message"), str):
        return [refusal("all", "the input is not a crash or a search with files")]
    from crash.recipes import repair

    return repair(task)


def main():
    try:
        task = json.load(sys.stdin)
    except ValueError:
        task = None
    json.dump(answers(task) if task is not None else [refusal("all", "the task is not JSON")], sys.stdout)


if __name__ == "__main__":
    main()
