"""How far apart two names are."""


def distance(one, other):
    """Insertions, deletions, replacements and swaps of neighbours between two names."""
    if abs(len(one) - len(other)) > 3:
        return 4
    before, last = None, list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(row[-1] + 1, last[j] + 1, last[j - 1] + (a != b))
            if before is not None and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def nearest(name, names):
    """Names that may be meant by a misspelt one, the likeliest first: short names allow one slip, longer ones two."""
    most = 1 if len(name) < 5 else 2
    folded = name.replace("_", "").lower()
    found = []
    for other in set(names) - {name}:
        far = distance(name, other)
        if other.replace("_", "").lower() == folded:
            far = min(far, 1)
        if far <= most:
            found.append((far, other))
    return [other for _, other in sorted(found)]


def words_of(name):
    """`minLength` and `min_length` are both made of `min` and `length`."""
    spaced = "".join("_" + one.lower() if one.isupper() else one for one in name)
    return [word for word in spaced.split("_") if word]


def alike(one, other):
    """From 0 to 1: how much two names look as if one could stand for the other."""
    if not one or not other:
        return 0.0
    shared = set(words_of(one)) & set(words_of(other))
    by_word = len(shared) / max(len(words_of(one)), len(words_of(other)), 1)
    by_letter = 1 - min(distance(one, other), max(len(one), len(other))) / max(len(one), len(other))
    return max(by_word, by_letter if len(one) > 2 else 0.0)
