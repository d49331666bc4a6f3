"""The same as main.orus and its modules, written independently in Python with heapq and dictionaries."""

import heapq

CHANGE = 3
settled = 0


class Trouble(Exception):
    pass


class Network:
    def __init__(self):
        self.index = {}
        self.edges = []

    def station(self, name):
        if name not in self.index:
            self.index[name] = len(self.index)
            self.edges.append([])
        return self.index[name]

    def connect(self, a, b, minutes, by):
        self.edges[a].append((b, minutes, by))
        self.edges[b].append((a, minutes, by))

    def lookup(self, name):
        if name not in self.index:
            raise Trouble(f"unknown station {name}")
        return self.index[name]


def to_int(text):
    try:
        return int(text)
    except ValueError:
        raise ValueError(f'int() argument must be an integer string, got "{text}"') from None


def read(lines):
    network = Network()
    for number, line in enumerate(lines, 1):
        nonsense = Trouble(f"line {number} makes no sense: {line}")
        parts = line.split(",")
        if len(parts) != 4 or not parts[2].isdigit():
            raise nonsense
        words = parts[3].split()
        a, b = network.station(parts[0]), network.station(parts[1])
        if words[0] not in ("walk", "bus", "train"):
            raise nonsense
        if words[0] == "bus":
            to_int(words[1])
        network.connect(a, b, int(parts[2]), parts[3])
    return network


def route(network, start, goal):
    global settled
    names = list(network.index)
    heap, visits, done = [(0, start, "", -1)], [], set()
    while heap:
        minutes, at, by, previous = heapq.heappop(heap)
        if (at, by) in done:
            continue
        done.add((at, by))
        visits.append((at, minutes, by, previous))
        settled += 1
        if at == goal:
            way, v = [], visits[-1]
            while v[3] >= 0:
                way.insert(0, v)
                v = visits[v[3]]
            return "".join(
                f" --{by}--> {names[at]} @{minutes}"
                for i, (at, minutes, by, _) in enumerate(way)
                if i + 1 == len(way) or way[i + 1][2] != by
            )
        for to, cost, vehicle in network.edges[at]:
            if (to, vehicle) not in done:
                change = CHANGE if by not in ("", vehicle) else 0
                heapq.heappush(heap, (minutes + cost + change, to, vehicle, len(visits) - 1))
    raise Trouble(f"no route from {names[start]} to {names[goal]}")


def ask(network, a, b):
    try:
        print(a + route(network, network.lookup(a), network.lookup(b)))
    except Trouble as t:
        print("sorry:", t)


TOWN = """Harbour,Market,4,bus 12
Market,Station,5,bus 12
Harbour,Museum,9,walk
Museum,Station,3,bus 7
Museum,Zoo,6,bus 7
Station,Airport,14,train S1
Station,Campus,6,train S1
Campus,Airport,8,train S1
Market,Campus,16,walk
Zoo,Castle,11,bus 7
Castle,Airport,2,walk
Island,Lighthouse,1,walk"""

town = read(TOWN.split("\n"))
print(len(town.index), "stations")
for a, b in [
    ("Harbour", "Airport"),
    ("Zoo", "Campus"),
    ("Castle", "Castle"),
    ("Harbour", "Lighthouse"),
    ("Atlantis", "Zoo"),
    ("Zoo", "Mordor"),
]:
    ask(town, a, b)

for lines in (["a,b,1,walk", "b,c,x,walk"], ["a,b", "c"], ["q,r,4,rocket"], ["q,r,4,walk", "r,s,2,bus x"]):
    try:
        print("fine:", len(read(lines).index))
    except Trouble as t:
        print("sorry:", t)
    except ValueError as e:
        print(f"Error: {e}")

print(", ".join(map(str, sorted([31, 4, 15, 92, 65, 35, 8]))))
print(max(["kiwi", "fig", "banana", "apple"], key=len), 3)

SIDE = 20
state = 31337


def draw(limit):
    global state
    state = (state * 747796405 + 2891336453) % 2**32
    return (state >> 16) % limit


grid = Network()
for i in range(SIDE * SIDE):
    grid.station(f"c{i % SIDE}.{i // SIDE}")
for i in range(SIDE * SIDE):
    x, y = i % SIDE, i // SIDE
    fast = y % 4 == 0
    if x + 1 < SIDE:
        grid.connect(i, i + 1, 1 + draw(3) if fast else 5 + draw(5), f"bus {y}" if fast else "walk")
    if y + 1 < SIDE:
        grid.connect(i, i + SIDE, 4 + draw(6), "walk")

settled = 0
for goal in ("c19.19", "c10.3", "c0.19", "c19.0"):
    ask(grid, "c0.0", goal)
print("settled", settled, "change takes", CHANGE)
