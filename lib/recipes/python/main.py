"""`python3 main.py`: a RecipeInput or a SearchInput on stdin, a RecipeAnswer[] on stdout, exit 0 when it answered."""

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


def answers(task):
    if not isinstance(task, dict) or not _files(task.get("files")):
        return [refusal("all", "the input is not a crash or a search with files")]
    if "suspects" in task:
        from search.search import search

        sound = isinstance(task["suspects"], list) and all(map(_spot, task["suspects"])) and type(task.get("most")) is int
        return search(task) if sound else [refusal("all", "the suspects are not lines with a weight")]
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
