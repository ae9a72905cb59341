"""Sales as rows of text, grouped and summed."""

from reports.amount import cents_of, show


class Table:
    def __init__(self, rows):
        self.rows = list(rows)

    @classmethod
    def from_csv(cls, text):
        lines = [line for line in text.splitlines() if line.strip()]
        names = [name.strip() for name in lines[0].split(",")]
        rows = []
        for line in lines[1:]:
            cells = [cell.strip() for cell in line.split(",")]
            rows.append(dict(zip(names, cells)))
        return cls(rows)

    def where(self, **wanted):
        return Table(row for row in self.rows if all(row[name] == value for name, value in wanted.items()))

    def sums(self, by, of):
        """`{group: cents}`."""
        found = {}
        for row in self.rows:
            found[row[by]] = found.get(row[by], 0) + cents_of(row[of])
        return found

    def lines(self, by, of):
        """The largest group first; groups of the same size by name."""
        sums = self.sums(by, of)
        width = max((len(group) for group in sums), default=0)
        ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
        return [f"{group.ljust(width)}  {shown(cents)}" for group, cents in ordered]
