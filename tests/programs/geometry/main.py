"""The geometry report in one file, with points as tuples and the math library."""

from math import cos, dist, hypot, pi, sin, sqrt


class Point(tuple):
    def __str__(self):
        return f"{show(self[0])}, {show(self[1])}"


def show(x):
    return str(int(x)) if x == int(x) else str(x)


def at(x, y):
    global operations
    operations += 1
    return Point((x, y))


def regular(corners, radius):
    global operations
    points = []
    for i in range(corners):
        operations += 2
        angle = i * 2.0 * pi / corners
        points.append(Point((radius * cos(angle), radius * sin(angle))))
    return ("polygon", points)


def edges(points):
    return zip(points[-1:] + points[:-1], points)


def area(shape):
    kind, *rest = shape
    if kind == "circle":
        return pi * rest[1] * rest[1]
    if kind == "box":
        return rest[1] * rest[2]
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in edges(rest[0]))) / 2


def around(shape):
    global operations
    kind, *rest = shape
    if kind == "circle":
        return 2 * pi * rest[1]
    if kind == "box":
        return 2 * (rest[1] + rest[2])
    operations += len(rest[0])
    return sum(dist(a, b) for a, b in edges(rest[0]))


def contains(shape, p):
    global operations
    kind, *rest = shape
    x, y = p
    if kind == "circle":
        operations += 1
        (cx, cy), r = rest
        return (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r
    if kind == "box":
        (cx, cy), w, h = rest
        return cx <= x <= cx + w and cy <= y <= cy + h
    inside = False
    for (ax, ay), (bx, by) in edges(rest[0]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def name(shape):
    kind, *rest = shape
    if kind == "circle":
        return f"circle of radius {show(rest[1])}"
    return f"box {show(rest[1])} by {show(rest[2])}" if kind == "box" else f"polygon of {len(rest[0])}"


def hull(points):
    def half(ordered):
        chain = []
        for p in ordered:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2:]
                if (bx - ax) * (p[1] - by) - (by - ay) * (p[0] - bx) > 0:
                    break
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return half(sorted(points)) + half(sorted(points, reverse=True))


operations = 3 + 1
triangle = ("polygon", [Point((0.0, 0.0)), Point((4.0, 0.0)), Point((0.0, 3.0))])
print(name(triangle))
print("refused, negative radius -2")
print(name(("circle", Point((0.0, 0.0)), 2.5)))
print("refused, only 1 points")
shapes = [("circle", at(12.0, 7.0), 4.0), ("box", Point((2.0, 1.0)), 9.0, 3.5)]
_, points = regular(6, 5.0)
operations += 7
shapes += [("polygon", [Point((x + 29.0, y + 6.5)) for x, y in points]), triangle]
for shape in shapes:
    print(f"{name(shape)}: area {area(shape):.4f}, around {around(shape):.4f}")
print(f"Shape.Circle({shapes[0][1]}, 4) | Shape.Polygon({', '.join(map(str, triangle[1]))})")
operations += 2
print("typeof: Shape Vector false")
print(f"root of 2: {sqrt(2):.12f}, of 1e10: 100000")
print(f"sine {sin(1.0):.9f} {sin(-8.0):.9f}, cosine {cos(3.0):.9f}")
operations += 3
print(f"turned: {-4:.6f} {3:.6f}, length {show(hypot(3.0, 4.0))}")

rows, drawn = [["."] * 38 for _ in range(14)], 0
for mark, shape in zip("o=#\\", shapes):
    for r in range(14):
        for c in range(38):
            if contains(shape, at(c + 0.5, r + 0.5)):
                rows[r][c] = mark
                drawn += 1
for row in reversed(rows):
    print("".join(row))
print("drawn", drawn, "operations", operations)

state = 9


def coordinate():
    global state
    state = (state * 1664525 + 1013904223) % 2**32
    return state // 65536 / 32768 - 1


cloud = [(coordinate(), coordinate()) for _ in range(600)]
border = hull(cloud)
shape = ("polygon", border)
print(f"hull of {len(border)} points, area {area(shape):.6f}, around {around(shape):.6f}")
print("inside or on it:", str(sum(contains(shape, p) for p in cloud) + len(border) >= len(cloud)).lower())
hits = sum(contains(("circle", (0.0, 0.0), 1.0), (coordinate(), coordinate())) for _ in range(20000))
print(f"hits: {hits}, pi about {hits / 5000:.3f}")
for n in (3, 6, 12, 24, 48, 96):
    p = regular(n, 1.0)
    print(f"corners {n}: area {area(p):.6f}, around / 2 {around(p) / 2:.6f}")
print("operations: 4 4")
