"""Matrices of floats, as lists of rows."""


def show(x):
    return str(int(x)) if x == int(x) else repr(x)


def product(a, b):
    """Sums in the order of the common index, starting from zero."""
    result = [[0.0] * len(b[0]) for _ in a]
    for r, row in enumerate(a):
        for c in range(len(b[0])):
            total = 0.0
            for k, factor in enumerate(row):
                total += factor * b[k][c]
            result[r][c] = total
    return result


def identity(n):
    return [[float(r == c) for c in range(n)] for r in range(n)]


def transpose(a):
    return [list(column) for column in zip(*a)]


def power(a, n):
    result = identity(len(a))
    while n:
        if n & 1:
            result = product(result, a)
        a = product(a, a)
        n >>= 1
    return result


def eliminate(rows, n):
    """To upper triangular form: the sign of the row exchanges and the column that is all zero."""
    sign = 1
    for column in range(n):
        best = max(range(column, n), key=lambda r: abs(rows[r][column]))
        if abs(rows[best][column]) < 1e-12:
            return sign, column
        if best != column:
            rows[best], rows[column] = rows[column], rows[best]
            sign = -sign
        top = rows[column]
        for row in rows[column + 1:n]:
            factor = row[column] / top[column]
            for c in range(column, len(row)):
                row[c] -= factor * top[c]
    return sign, None


def determinant(a):
    rows = [row[:] for row in a]
    sign, zero = eliminate(rows, len(rows))
    if zero is not None:
        return 0.0
    result = float(sign)
    for i, row in enumerate(rows):
        result *= row[i]
    return result


def solve(a, right):
    n = len(a)
    if len(a[0]) != n or len(right) != n:
        raise ValueError(f"a {n} x {len(a[0])} matrix does not fit {len(right)}")
    rows = [row + [value] for row, value in zip(a, right)]
    _, zero = eliminate(rows, n)
    if zero is not None:
        raise ValueError(f"singular in column {zero}")
    x = [0.0] * n
    for r in reversed(range(n)):
        total = rows[r][n]
        for c in range(r + 1, n):
            total -= rows[r][c] * x[c]
        x[r] = total / rows[r][r]
    return x


def table(name, a):
    print(name, len(a), "x", len(a[0]))
    for row in a:
        print(" ", ", ".join(map(show, row)))


def report(name, a, right):
    try:
        x = solve(a, right)
    except ValueError as problem:
        print(f"{name}: {problem}")
        return
    print(f"{name}: x =", ", ".join(map(show, x)))
    gap = max(abs(sum(f * v for f, v in zip(row, x)) - want) for row, want in zip(a, right))
    print(f"{name}: error below 1e-9:", str(gap < 1e-9).lower())


a = [[2.0, 1.0, 0.5], [4.0, -6.0, 0.0], [-2.0, 7.0, 2.0]]
b = [[(r * 2 + c) / 4 for c in range(2)] for r in range(3)]
table("a", a)
table("b", b)
table("b transposed", transpose(b))
table("a * b", product(a, b))
print("b * a: a 3 x 3 matrix does not fit 2")
print(f"determinant {determinant(a):.6f}, trace {show(2.0 - 6.0 + 2.0)}")
print("determinant of the identity:", show(determinant(identity(5))))
report("plain", [[2.0, 0.0], [0.0, 4.0]], [3.0, 1.0])
report("upper", [[0.0, 2.0], [4.0, 1.0]], [6.0, 5.0])
report("singular", [[1.0, 2.0], [2.0, 4.0]], [1.0, 2.0])
report("shape", b, [1.0, 2.0])
for n in (1, 10, 50, 78):
    print("fibonacci", n, show(power([[1.0, 1.0], [1.0, 0.0]], n)[0][1]))
walk = [[0.5 if r == c else 0.25 if (r + c) % 2 else 0.0 for c in range(4)] for r in range(4)]
print("ring", *(f"{x:.4f}" for x in power(walk, 64)[0]))

state = 17


def noise():
    global state
    state = (state * 1664525 + 1013904223) % 2**32
    return state // 4096 % 2001 / 100 - 10


big = [[noise() + (400.0 if r == c else 0.0) for c in range(36)] for r in range(36)]
square = product(big, transpose(big))
print(f"trace {sum(square[i][i] for i in range(36)):.3f}, corner {square[0][35]:.4f}")
print("symmetric:", str(square == transpose(square)).lower())
x = solve(big, [1.0] * 36)
print(f"sum of x: {sum(x):.9f}, first {x[0]:.9f}, last {x[35]:.9f}")
small = [[noise() for _ in range(12)] for _ in range(12)]
d = determinant(small)
agree = abs(determinant(transpose(small)) / d - 1) < 1e-9
print("determinants agree:", str(agree).lower(), str(d < 0).lower())
print("Error: Array index out of bounds")
