from .scan import TemplateError, scan


def parse(text):
    """A tree: `("text", …)`, `("value", path, filters, line)`, `("if", path, negated, body, other)`, `("for", name, path, body)`."""
    parts = list(scan(text))
    body, at = parse_body(parts, 0, inside=None)
    if at < len(parts):
        raise TemplateError(f"{parts[at][1]} without a beginning", parts[at][2])
    return body


def parse_body(parts, at, inside):
    """Nodes up to the `end` or `else` of the block they are in; and where that is."""
    body = []
    while at < len(parts):
        kind, content, line = parts[at]
        if kind == "text":
            body.append(("text", content))
        elif kind == "value":
            body.append(parse_value(content, line))
        elif content in ("end", "else"):
            return body, at
        else:
            node, at = parse_block(parts, at)
            body.append(node)
        at += 1
    if inside is not None:
        raise TemplateError(f"{inside} has no end", parts[-1][2])
    return body, at


def parse_value(content, line):
    path, *filters = [part.strip() for part in content.split("|")]
    if not path:
        raise TemplateError("a value has no name", line)
    return "value", path, filters, line


def parse_block(parts, at):
    words = parts[at][1].split()
    line = parts[at][2]
    if words[:1] == ["if"] and len(words) in (2, 3):
        negated = words[1] == "not"
        body, at = parse_body(parts, at + 1, inside="if")
        other = []
        if parts[at][1] == "else":
            other, at = parse_body(parts, at + 1, inside="else")
        return ("if", words[-1], negated, body, other), at
    if words[:1] == ["for"] and len(words) == 4 and words[2] == "in":
        body, at = parse_body(parts, at + 1, inside="for")
        return ("for", words[1], words[3], body), at
    raise TemplateError(f"{parts[at][1]} is not known", line)
