"""The same as build_order.orus, written independently in Python."""

import sys

sys.setrecursionlimit(20000)


class Project:
    def __init__(self):
        self.names, self.minutes, self.needs = [], [], []

    def number(self, name):
        if name not in self.names:
            self.names.append(name)
            self.minutes.append(0)
            self.needs.append([])
        return self.names.index(name)

    def add_line(self, line):
        name, minutes, *needs = line.replace(":", " ").split()
        me = self.number(name)
        if not minutes.isdigit():
            raise ValueError(f'int() argument must be an integer string, got "{minutes}"')
        self.minutes[me] = int(minutes)
        self.needs[me] += [self.number(n) for n in needs]

    def order(self):
        done, finished, path = [], set(), []

        def visit(i):
            if i in finished:
                return None
            if i in path:
                return path[path.index(i):] + [i]
            path.append(i)
            for need in self.needs[i]:
                cycle = visit(need)
                if cycle:
                    return cycle
            path.pop()
            finished.add(i)
            done.append(i)
            return None

        for i in range(len(self.names)):
            cycle = visit(i)
            if cycle:
                return None, " -> ".join(self.names[c] for c in cycle)
        return done, None

    def waves(self, order):
        height = {}
        for i in order:
            height[i] = max((height[n] + 1 for n in self.needs[i]), default=0)
        return [[i for i in order if height[i] == h] for h in range(max(height.values()) + 1)]

    def critical(self, order):
        ready = {}
        for i in order:
            ready[i] = self.minutes[i] + max((ready[n] for n in self.needs[i]), default=0)
        best = max(ready.values())
        if ready[0] == best:
            return best, 0
        return best, next(i for i in order if ready[i] == best)


def listed(project, numbers):
    return "".join(" " + project.names[n] for n in numbers)


def report(lines):
    project = Project()
    for line in lines:
        project.add_line(line)
    order, cycle = project.order()
    if cycle:
        print("cycle:", cycle)
        return
    print("order:" + listed(project, order))
    for i, wave in enumerate(project.waves(order)):
        print(f"  wave {i + 1}:{listed(project, wave)}")
    minutes, last = project.critical(order)
    total = sum(project.minutes)
    print(f"{total} minutes alone, {minutes} in parallel, {project.names[last]} is last; speed-up {total / minutes:.2f}")


report(["app 4: ui net log", "ui 9: gfx text", "net 3: log tls", "tls 12: bytes", "gfx 7: bytes math", "text 2: bytes", "log 1: text", "math 3"])
report(["egg 1: hen", "hen 20: corn egg", "corn 2: rain"])
report(["alone 5"])
try:
    report(["core 2", "slow many: core"])
except ValueError as e:
    print(f"Error: {e}")

state = 99


def draw(limit):
    global state
    state = (state * 134775813 + 1) % 2**32
    return (state >> 16) % limit


COUNT = 1500
mixed = list(range(COUNT))
for i in range(COUNT - 1, 0, -1):
    j = draw(i + 1)
    mixed[i], mixed[j] = mixed[j], mixed[i]

big = Project()
for i in range(COUNT):
    big.names.append(f"p{i}")
    big.minutes.append(1 + draw(30))
    big.needs.append([])
for i in range(1, COUNT):
    for _ in range(draw(6)):
        big.needs[mixed[i]].append(mixed[draw(i)])

order, cycle = big.order()
place = {p: i for i, p in enumerate(order)}
valid = all(place[n] < place[i] for i in order for n in big.needs[i])
waves = big.waves(order)
minutes, last = big.critical(order)
print("valid:", str(valid).lower(), len(waves), "waves, the widest", max(map(len, waves)))
print("critical:", minutes, "minutes, last", big.names[last])
print("first:", ", ".join(map(str, order[:6])))

at = mixed[-1]
if big.needs[at]:
    while big.needs[at]:
        at = big.needs[at][0]
    big.needs[at].append(mixed[-1])
    print("a cycle now" if big.order()[1] else "still no cycle")
else:
    print("nothing to close")
