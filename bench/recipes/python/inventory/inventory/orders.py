from .stock import NotEnough, Stock


def reserve_all(stock, lines):
    """Reserves every line or none; the articles that are missing are named together."""
    done, missing = [], {}
    for article, count in lines:
        try:
            stock.reserve(article, count)
            done.append((article, count))
        except NotEnough as error:
            missing[article] = missing.get(article, 0) + error.missing
    if missing:
        for article, count in done:
            stock.release(article, count)
    return missing


def to_order(stock, levels, pack_sizes=None):
    """Packs to order by article, so that no article is below its level."""
    packs = {}
    for article, level in sorted(levels.items()):
        short = level - stock.free(article)
        if short <= 0:
            continue
        size = (pack_sizes or {}).get(article, 1)
        packs[article] = (short + size - 1) // size
    return packs


def merged(*stocks):
    made = Stock()
    for stock in stocks:
        for article, count in stock.counts.items():
            made.add(article, count)
    return made


def page(lines, number, size):
    """The lines of one page, counted from one; and how many pages there are."""
    if size < 1:
        raise ValueError("A page has at least one line.")
    pages = max((len(lines) + size - 1) // size, 1)
    number = min(max(number, 1), pages)
    first = (number - 1) * size
    return lines[first : first + size], pages


def receipt(lines, prices, discount=None):
    """`(text, total)`, prices in cents; a discount is `(percent, least)`."""
    total = sum(prices[article] * count for article, count in lines)
    percent, least = discount or (0, 0)
    if percent and total >= least:
        total -= total * percent // 100
    text = ", ".join(f"{count} x {article}" for article, count in lines)
    return text, total
