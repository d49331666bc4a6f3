"""The same as packing.orus, written independently in Python: recursion with a cache in place of tables."""

import sys
from functools import lru_cache

sys.setrecursionlimit(30000)

BAGGAGE = [("tent", 9, 150), ("stove", 4, 70), ("water", 6, 120), ("camera", 3, 62), ("novel", 1, 9), ("map", 1, 35), ("rope", 5, 60)]


def describe(items):
    return f"{sum(v for _, _, v in items)} in {sum(w for _, w, _ in items)} kg:" + "".join(" " + n for n, _, _ in items)


def pack_once(items, limit):
    @lru_cache(maxsize=None)
    def best(i, left):
        if i == len(items):
            return 0
        _, weight, value = items[i]
        take = best(i + 1, left - weight) + value if weight <= left else -1
        return max(take, best(i + 1, left))

    result = []
    for i, item in enumerate(items):
        if best(i, limit) != best(i + 1, limit):
            result.append(item)
            limit -= item[1]
    return result


def pack_often(items, limit):
    best = [(0, None)]
    for w in range(1, limit + 1):
        top = (best[w - 1][0], None)
        for item in items:
            if item[1] <= w and best[w - item[1]][0] + item[2] > top[0]:
                top = (best[w - item[1]][0] + item[2], item)
        best.append(top)
    result = []
    while limit:
        item = best[limit][1]
        if item:
            result.append(item)
        limit -= item[1] if item else 1
    return result


def pack_by_search(items, limit):
    best = visited = 0

    def bound(i, left):
        room, value = float(left), 0.0
        for _, w, v in items[i:]:
            if w >= room:
                return value + v * room / w
            value += v
            room -= w
        return value

    def visit(i, left, value):
        nonlocal best, visited
        visited += 1
        best = max(best, value)
        if i == len(items) or value + bound(i, left) <= best:
            return
        _, w, v = items[i]
        if w <= left:
            visit(i + 1, left - w, value + v)
        visit(i + 1, left, value)

    visit(0, limit, 0)
    print("  searched", visited, "nodes")
    return best


for limit in (0, 5, 15, 100):
    print("limit", limit, "->", describe(pack_once(BAGGAGE, limit)))
print("often:", describe(pack_often(BAGGAGE[:4], 23)))

seed = 424242


def draw(limit):
    global seed
    seed = (seed * 1664525 + 1013904223) % 2**32
    return (seed >> 16) % limit


crates = []
for i in range(40):
    weight = 5 + draw(40)
    crates.append((f"c{i}", weight, 10 + draw(90)))
full = pack_once(crates, 300)
print(len(full), "crates,", describe(full))
best = pack_by_search(sorted(crates, key=lambda c: -c[2] / c[1]), 300)
print("agree:", str(best == sum(v for _, _, v in full)).lower())


def text(used):
    return "Payment.Coins(" + ", ".join(map(str, [len(used)] + used)) + ")"


def pay(coins, amount):
    fewest = {0: []}
    for a in range(1, amount + 1):
        for c in coins:
            if a - c in fewest and (a not in fewest or len(fewest[a - c]) + 1 < len(fewest[a])):
                fewest[a] = [c] + fewest[a - c]
    return fewest.get(amount)


def pay_greedily(coins, amount):
    used = []
    for c in sorted(coins, reverse=True):
        used += [c] * (amount // c)
        amount %= c
    return used if amount == 0 else None


def ways(coins, amount):
    table = [1] + [0] * amount
    for c in coins:
        for a in range(c, amount + 1):
            table[a] += table[a - c]
    return table[amount]


for coins in ([1, 5, 10, 25], [1, 7, 10], [4, 6, 9]):
    print("coins", ", ".join(map(str, coins)))
    for amount in (14, 30, 11):
        answers = [text(u) if u is not None else f"Payment.Impossible({amount})" for u in (pay(coins, amount), pay_greedily(coins, amount))]
        print(f"  {amount}: {answers[0]} / {answers[1]}, {ways(coins, amount)} ways")

EURO = [1, 2, 5, 10, 20, 50, 100, 200]
print("two euros in", ways(EURO, 200), "ways, a hundred in", ways(EURO, 10000))
most, worst = max((len(pay(EURO, a)), -a) for a in range(1, 200))
print(f"up to 199 cents, {-worst} needs the most coins: {text(pay(EURO, -worst))}")
