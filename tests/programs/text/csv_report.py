"""A report over comma separated values."""

import sys


def split(line):
    """The cells, or the column of a quote that is not closed."""
    cells, cell, i, start = [], "", 0, None
    while i < len(line):
        c = line[i]
        if start is not None:
            if c != '"':
                cell += c
            elif line[i + 1:i + 2] == '"':
                cell += c
                i += 1
            else:
                start = None
        elif c == '"':
            start = i + 1
        elif c == ",":
            cells.append(cell)
            cell = ""
        else:
            cell += c
        i += 1
    if start is not None:
        raise ValueError(f"quote in column {start} is not closed")
    return cells + [cell]


def number(kind, text, name):
    try:
        value = kind(text)
        if kind is int and abs(value) > 2**31 - 1:
            raise ValueError
        return value
    except ValueError:
        raise ValueError(f"{name} is no number: {text}")


def parse(line, columns):
    cells = split(line)
    if len(cells) != columns:
        raise ValueError(f"{len(cells)} cells instead of {columns}")
    return cells[1], cells[2], number(int, cells[3], "units"), number(float, cells[4], "price")


def group(sales, key):
    groups = {}
    for sale in sales:
        row = groups.setdefault(sale[key], [0, 0.0, 0])
        row[0] += sale[2]
        row[1] += sale[2] * sale[3]
        row[2] += 1
    return groups


def table(title, groups):
    rows = [(title, "units", "amount")]
    rows += [(key, str(units), f"{amount:.2f}") for key, (units, amount, _) in groups.items()]
    left, right = max(len(row[0]) for row in rows), max(len(row[2]) for row in rows)
    for key, units, amount in rows:
        print(key.ljust(left), units.rjust(5), amount.rjust(right))


lines = sys.stdin.read().splitlines()
print("columns:", ", ".join(split(lines[0])))
sales, failed = [], 0
for at, line in enumerate(lines[1:], 2):
    if not line:
        continue
    try:
        sales.append(parse(line, 5))
    except ValueError as problem:
        failed += 1
        print(f"line {at}: {problem}")
print(f"{len(sales)} sales, {failed} bad lines")
cities = group(sales, 0)
table("city", cities)
table("item", group(sales, 1))
best = max(cities, key=lambda city: cities[city][1])
print(f"best: {best} with {cities[best][1] / cities[best][2]:.1f} per row")

units = quoted = 0
for i in range(600):
    _, item, n, _ = parse(f'2024-02-01,Paris,"x ""{i % 7}""",{i},1e1', 5)
    units += n
    quoted += item == 'x "3"'
print(units, quoted)
