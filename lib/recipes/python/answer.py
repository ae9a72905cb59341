"""What a recipe answers, in the words of lib/domain/repair.ts."""

from source import parse

_SHOWN = 90


def proposal(recipe, source, edits, summary, assumes, modelled=None):
    """A proposal of `(start, end, text)` edits to one file, or a refusal where it would not parse."""
    return whole(recipe, {source.path: source.applied(edits)}, summary, assumes, modelled and (source.path, modelled))


def whole(recipe, texts, summary, assumes, modelled=None):
    """A proposal of new texts by path."""
    if any(parse(text) is None for text in texts.values()):
        return refusal(recipe, "the repair would not parse there")
    return {
        "ok": True,
        "proposal": {
            "recipe": recipe,
            "edits": [{"path": path, "text": text} for path, text in texts.items()],
            "summary": summary,
            "assumes": assumes,
            "modelledOn": {"path": modelled[0], "line": modelled[1]} if modelled else None,
        },
    }


def refusal(recipe, why):
    return {"ok": False, "recipe": recipe, "why": why}


def short(text):
    """Code in a sentence: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
