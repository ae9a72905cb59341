"""*A file that does not parse*: slips that Python's own message names and that have one repair."""

import re

from answer import refusal, whole
from source import parse

_NAME = "python-syntax"


def syntax(task):
    crash, path = task["crash"], task["crash"]["path"]
    text = task["files"].get(path)
    if text is None:
        return [refusal(_NAME, path + " is not among the files given")]
    if parse(text) is not None:
        return [refusal(_NAME, path + " parses")]
    found, seen = [], set()
    for new, summary in _repairs(text, crash["line"], crash["message"]):
        if new not in seen and parse(new) is not None:
            seen.add(new)
            found.append(whole(_NAME, {path: new}, summary, ["the file parses so, and nothing else of it changes"]))
    return found or [refusal(_NAME, "no single slip makes the file parse")]


def _repairs(text, number, message):
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for at in [one for one in (number, number - 1, number + 1, number - 2) if 1 <= one <= len(lines)]:
        line = lines[at - 1]
        code, end = line.rstrip("\r\n"), line[len(line.rstrip("\r\n")) :]

        def put(new, at=at, end=end):
            return "".join([*lines[: at - 1], new + end, *lines[at:]])

        comment = re.search(r"\s+#.*$", code)
        head, tail = (code[: comment.start()], comment.group()) if comment else (code, "")
        if re.match(r"\s*(?:if|elif|else|for|while|def|class|try|except|finally|with|async)\b", head) and not head.endswith(":"):
            yield put(head + ":" + tail), "Adds the colon."
            yield put(head.rstrip(";,.") + ":" + tail), "Ends the line with a colon."
        for closing in ")]}":
            yield put(head + closing + tail), "Closes the bracket."
            yield put(head.rstrip(":") + closing + ":" + tail), "Closes the bracket."
            if head.rstrip().endswith(closing):
                yield put(head.rstrip()[:-1] + tail), "Drops a bracket too many."
        for quote in "'\"":
            if head.count(quote) % 2:
                yield put(head + quote + tail), "Ends the text."
                for after in (")", "):", ":", ",", "]", "}"):
                    if head.endswith(after):
                        yield put(head[: -len(after)] + quote + after + tail), "Ends the text."
        if re.match(r"\s*(?:if|elif|while)\b", head):
            yield put(re.sub(r"(?<![=!<>:])=(?!=)", "==", head, count=1) + tail), "Compares instead of assigning."
        yield put(re.sub(r"\bprint\s+(?!\()(.+)$", r"print(\1)", head) + tail), "Calls print."
        yield put(re.sub(r"\belse\s+if\b", "elif", head) + tail), "Writes elif."
        yield put(re.sub(r"&&", "and", head).replace("||", "or") + tail), "Writes the operators of Python."
        yield put(re.sub(r"\bexcept\s+(\w+),\s*(\w+)\s*:", r"except \1 as \2:", head) + tail), "Names the exception with as."
        yield put(re.sub(r"(\w|\)|\]|['\"])\s+(['\"\w\[({])", r"\1, \2", head, count=1) + tail), "Adds the comma."
        if not head.rstrip().endswith((",", ":", "(", "[", "{")):
            yield put(head + "," + tail), "Adds the comma."
        yield from _indented(lines, at, put)


def _indented(lines, at, put):
    """The indentation of a line above it, one level more, or one less."""
    code = lines[at - 1].rstrip("\r\n")
    above = [re.match(r"[ \t]*", one).group() for one in lines[: at - 1] if one.strip()]
    indents = list(dict.fromkeys(reversed(above)))
    step = min((one for one in indents if one), key=len, default="    ")
    for indent in [*indents[:4], *(one + step for one in indents[:1])]:
        yield put(indent + code.lstrip()), "Indents the line as its neighbours."
