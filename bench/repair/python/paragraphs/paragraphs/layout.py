"""Text set in columns of a given width."""

import re


def words_of(text):
    return re.findall(r"\S+", text)


def wrap(text, width):
    """Lines of at most `width` characters; a word that is longer stands alone."""
    if width < 1:
        raise ValueError("a column is at least one character wide")
    lines = []
    line = ""
    for word in words_of(text):
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    line = line.strip()
    return lines


def justify(line, width):
    """Spreads the gaps of a line so that it fills the width; the left ones get more."""
    words = words_of(line)
    if len(words) < 2:
        return line
    room = width - sum(len(word) for word in words)
    gaps = len(words) - 1
    out = ""
    for at, word in enumerate(words[:-1]):
        out += word + " " * (room // gaps + (1 if at < room % gaps else 0))
    return out + words[-1]


def block(text, width):
    """Justified lines, the last one as it is."""
    lines = wrap(text, width)
    return [justify(line, width) for line in lines[:-1]] + lines[-1:]


def columns(left, right, width, gap=2):
    """Two texts beside each other."""
    a, b = wrap(left, width), wrap(right, width)
    rows = []
    for at in range(max(len(a), len(b))):
        one = a[at] if at < len(a) else ""
        other = b[at] if at < len(b) else ""
        rows.append((one.ljust(width + gap) + other).rstrip())
    return rows
