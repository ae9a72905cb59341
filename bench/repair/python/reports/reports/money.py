"""Amounts as texts and as cents."""


def cents_of(text):
    """`12`, `1.5`, `-0.50`; ValueError for anything else."""
    negative = text.startswith("-")
    whole, _, part = text.lstrip("-").partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or len(part) > 2:
        raise ValueError(f"not an amount: {text}")
    cents = int(whole) * 100 + int(part.ljust(2, "0") or 0)
    return -cents if negative else cents


def shown(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def average(amounts):
    """To the nearest cent, halves up; 0 of nothing."""
    if not amounts:
        return 0
    return (2 * sum(amounts) + len(amounts)) // (2 * len(amounts))
