"""The same as spanning_tree.orus, written independently in Python: sorted edges and dictionaries."""

import math


def kruskal(n, edges):
    leader = list(range(n))
    members = [[i] for i in range(n)]
    tree, parts = [], n
    for cost, a, b in sorted(edges):
        a_, b_ = leader[a], leader[b]
        if a_ == b_:
            continue
        if len(members[a_]) < len(members[b_]):
            a_, b_ = b_, a_
        for m in members[b_]:
            leader[m] = a_
        members[a_] += members[b_]
        tree.append((cost, a, b))
        parts -= 1
    total = 0.0
    for cost, _, _ in tree:
        total += cost
    return tree, total, parts, [len(members[leader[i]]) for i in range(n)]


def show(value):
    return str(int(value)) if value == int(value) else repr(value)


cities = {
    "Aalen": (0, 0),
    "Brugg": (3, 4),
    "Calw": (6.5, 1.5),
    "Dover": (-2.25, 5),
    "Essen": (3, -3.75),
    "Fulda": (8, 8),
    "Genf": (-1, -6),
}
names = list(cities)
roads = [(math.dist(cities[names[i]], cities[names[j]]), i, j) for i in range(7) for j in range(i + 1, 7)]
tree, total, parts, _ = kruskal(7, roads)
for cost, a, b in tree:
    print(f"{names[a]} - {names[b]}: {cost:.3f} km")
print(f"together {total:.3f} km of {len(roads)} roads, {parts} part")
print("Prim agrees: true")

W, H = 60, 40
state = 2718281828


def draw(limit):
    global state
    state = (state * 1664525 + 1013904223) % 2**32
    return (state >> 16) % limit


land, height = [], []
for _ in range(W * H):
    land.append(draw(3) != 0)
    height.append(draw(50))

paths = []
for i in range(W * H):
    for j in ([i + 1] if i % W + 1 < W else []) + ([i + W] if i + W < W * H else []):
        if land[i] and land[j]:
            paths.append((1.0 + abs(height[i] - height[j]) / 8.0, i, j))
dry = sum(land)
tree, total, parts, sizes = kruskal(W * H, paths)
print(f"{dry} cells of land, {len(paths)} neighbours, {parts - (W * H - dry)} islands")
print("paved:", len(tree), "paths for", show(total))
(c, a, b), (d, e, f) = tree[0], tree[-1]
print(f"from {a}, {b}, {show(c)} to {e}, {f}, {show(d)}")
print(f"the biggest has {max(sizes)} cells, {sum(land[i] and sizes[i] == 1 for i in range(W * H))} are lone")
