import re

MARK = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)


class TemplateError(Exception):
    def __init__(self, message, line):
        super().__init__(f"line {line}: {message}")
        self.line = line


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def scan(text):
    """`(kind, content, line)` for each part; kinds are `text`, `value` and `block`."""
    at = 0
    for mark in MARK.finditer(text):
        if mark.start() > at:
            yield "text", text[at : mark.start()], line_of(text, at)
        line = line_of(text, mark.start())
        if mark.group(1) is not None:
            yield "value", mark.group(1).strip(), line
        else:
            yield "block", mark.group(2).strip(), line
        at = mark.end()
    if at < len(text):
        yield "text", text[at:], line_of(text, at)
