from .parse import parse
from .scan import TemplateError


def title(text):
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


def shortened(text, most=20):
    if len(text) <= most:
        return text
    return text[: most - 1] + "…"


FILTERS = {"upper": str.upper, "lower": str.lower, "title": title, "short": shortened}


def look_up(values, path):
    """`a.b.0` step by step; None where a step leads nowhere."""
    found = values
    for step in path.split("."):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, (list, tuple)) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def render(text, values=None):
    return "".join(pieces(parse(text), values or {}))


def pieces(body, values):
    for node in body:
        kind = node[0]
        if kind == "text":
            yield node[1]
        elif kind == "value":
            yield shown(node, values)
        elif kind == "if":
            _, path, negated, then, other = node
            holds = bool(look_up(values, path)) != negated
            yield from pieces(then if holds else other, values)
        else:
            _, name, path, inner = node
            items = look_up(values, path) or []
            for n, item in enumerate(items):
                loop = {"index": n + 1, "last": n == len(items) - 1}
                yield from pieces(inner, {**values, name: item, "loop": loop})


def shown(node, values):
    _, path, filters, line = node
    found = look_up(values, path)
    if found is None:
        return ""
    text = str(found)
    for name in filters:
        change = FILTERS.get(name)
        if change is None:
            raise TemplateError(f"there is no filter {name}", line)
        text = change(text)
    return text
