"""The same as matrix_chain.orus, written independently in Python: trees are nested tuples."""

from functools import lru_cache

LIMIT = 2**63


def checked(value):
    if not -LIMIT <= value < LIMIT:
        raise OverflowError("Integer overflow")
    return value


def best_plan(sizes):
    @lru_cache(maxsize=None)
    def best(i, j):
        if i == j:
            return 0, i
        least = None
        for k in range(i, j):
            product = checked(checked(sizes[i] * sizes[k + 1]) * sizes[j + 1])
            total = checked(checked(best(i, k)[0] + best(k + 1, j)[0]) + product)
            if least is None or total < least[0]:
                least = total, (best(i, k)[1], best(k + 1, j)[1])
        return least

    return best(0, len(sizes) - 2)


def left_to_right(n):
    tree = 0
    for i in range(1, n):
        tree = (tree, i)
    return tree


def price(tree, sizes):
    if isinstance(tree, int):
        return sizes[tree], sizes[tree + 1], 0
    rows, middle, left = price(tree[0], sizes)
    _, columns, right = price(tree[1], sizes)
    return rows, columns, left + right + rows * middle * columns


def text(tree):
    return chr(65 + tree % 26) if isinstance(tree, int) else f"({text(tree[0])}{text(tree[1])})"


def depth(tree):
    return 0 if isinstance(tree, int) else 1 + max(map(depth, tree))


def show(x):
    return str(int(x)) if x == int(x) else repr(x)


multiplications = 0


def times(a, b):
    global multiplications
    if len(a[0]) != len(b):
        raise ValueError(f"assert_eq failed (inner sizes)\n  expected: {len(b)}\n  actual:   {len(a[0])}")
    multiplications += len(a) * len(b) * len(b[0])
    result = []
    for row in a:
        line = []
        for j in range(len(b[0])):
            total = 0.0
            for k, x in enumerate(row):
                total += x * b[k][j]
            line.append(total)
        result.append(line)
    return result


def trace(a):
    total = 0.0
    for i in range(min(len(a), len(a[0]))):
        total += a[i][i]
    return total


def evaluate(tree, matrices):
    return matrices[tree] if isinstance(tree, int) else times(evaluate(tree[0], matrices), evaluate(tree[1], matrices))


def study(sizes):
    cost, tree = best_plan(tuple(sizes))
    simple = left_to_right(len(sizes) - 1)
    simple_cost = price(simple, sizes)[2]
    print("sizes", ", ".join(map(str, sizes)))
    print(f"  best   {text(tree)} costs {cost}, depth {depth(tree)}")
    print(f"  simple {text(simple)} costs {simple_cost}, {simple_cost / cost:.2f} times as much")


study([10, 100, 5, 50])
study([30, 35, 15, 5, 10, 20, 25])
study([40, 20, 30, 10, 30])
study([100000, 3, 200000, 7, 150000])

sizes = [12, 30, 4, 25, 8, 40, 3, 18]
matrices = [
    [[float((i * 7 + j * 3 + m) % 5 - 2) for j in range(sizes[m + 1])] for i in range(sizes[m])]
    for m in range(len(sizes) - 1)
]
study(sizes)

quick = evaluate(best_plan(tuple(sizes))[1], matrices)
print("by plan:", multiplications, "multiplications")
multiplications = 0
slow = evaluate(left_to_right(len(sizes) - 1), matrices)
print("simply: ", multiplications, "multiplications")
different = sum(x != y for r, s in zip(quick, slow) for x, y in zip(r, s))
print(f"{len(quick)} x {len(quick[0])} cells, {different} different, trace {show(trace(quick))}")
print("first cells:", ", ".join(map(show, quick[0][:5])))

half = [[1.0 / (i + j + 1) for j in range(3)] for i in range(3)]
cube = times(times(half, half), half)
print(f"Hilbert cubed, trace {trace(cube):.6f}, cell {cube[0][0]!r}")

try:
    times(matrices[0], matrices[2])
except ValueError as e:
    print(f"Error: {e}")
try:
    study([2000000000] * 4)
except OverflowError as e:
    print(f"Error: {e}")

long, seed = [], 5
for _ in range(61):
    seed = (seed * 1103515245 + 12345) % 2**32
    long.append(1 + (seed >> 16) % 90)
cost, tree = best_plan(tuple(long))
print(f"60 matrices: {cost}, depth {depth(tree)}, {str(price(tree, long)[2] == cost).lower()}")
