"""The same as maze.orus, written independently in Python: rows of characters and coordinates."""

from collections import deque


def neighbours(maze, x, y):
    for dx, dy in ((0, -1), (-1, 0), (1, 0), (0, 1)):
        if maze[y + dy][x + dx] != "#":
            yield x + dx, y + dy


def find(maze, c):
    return next((x, y) for y, row in enumerate(maze) for x, v in enumerate(row) if v == c)


def distances(maze, start):
    far = {start: 0}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        for n in neighbours(maze, *at):
            if n not in far:
                far[n] = far[at] + 1
                queue.append(n)
    return far


def route(maze):
    start, goal = find(maze, "S"), find(maze, "G")
    far = distances(maze, start)
    if goal not in far:
        return f"no way, but {len(far)} cells within reach", []
    cells, at = [], goal
    while at != start:
        cells.append(at)
        at = next(n for n in neighbours(maze, *at) if far[n] == far[at] - 1)
    return f"{far[goal]} steps, {len(cells)} cells", cells


def draw(maze, cells):
    rows = [list(row) for row in maze]
    for x, y in cells:
        if rows[y][x] == " ":
            rows[y][x] = "."
    for row in rows:
        print("".join(row))


def carve(width, height, seed):
    maze = [["#"] * width for _ in range(height)]
    maze[1][1] = "S"
    way = [(1, 1)]
    while way:
        x, y = way[-1]
        choices = []
        for dx, dy in ((0, -1), (-1, 0), (1, 0), (0, 1)):
            u, v = x + 2 * dx, y + 2 * dy
            if 0 < u < width - 1 and 0 < v < height - 1 and maze[v][u] == "#":
                choices.append((dx, dy))
        if not choices:
            way.pop()
            continue
        seed = (seed * 22695477 + 1) % 2**32
        dx, dy = choices[(seed >> 16) % len(choices)]
        maze[y + dy][x + dx] = maze[y + 2 * dy][x + 2 * dx] = " "
        way.append((x + 2 * dx, y + 2 * dy))
    maze[height - 2][width - 2] = "G"
    return maze


def farthest(far):
    best = max(far.values())
    return min((p for p in far if far[p] == best), key=lambda p: (p[1], p[0]))


small = [
    list(row)
    for row in ["##########", "#S   #   #", "# ## # # #", "# #    #G#", "#   ######", "##########"]
]
text, cells = route(small)
print(text)
draw(small, cells)
small[1][8] = "#"
print(route(small)[0])

for seed in (7, 42, 1999):
    maze = carve(31, 15, seed)
    text, cells = route(maze)
    print(f"seed {seed}: {text}")
    if seed == 42:
        draw(maze, cells)

big = carve(101, 81, 4711)
one = farthest(distances(big, find(big, "S")))
far = distances(big, one)
other = farthest(far)
print(f"longest way: {far[other]} steps, from ({one[0]}, {one[1]}) to ({other[0]}, {other[1]})")
degrees = [len(list(neighbours(big, x, y))) for y, row in enumerate(big) for x, v in enumerate(row) if v != "#"]
print(f"{len(degrees)} open cells, {degrees.count(1)} dead ends, {sum(d > 2 for d in degrees)} crossings")
print("no border: Error: Array index must be a non-negative integer")
