"""The same as elevator.orus, written independently in Python with heapq."""

import heapq
from itertools import count

FLOORS, CAPACITY, TRAVEL, DOORS, PERSONS = 12, 6, 3, 5, 700
UP, DOWN, IDLE = 1, -1, 0


class Person:
    def __init__(self, start, goal, called):
        self.start, self.goal, self.called = start, goal, called
        self.entered = self.left = -1
        self.direction = UP if goal > start else DOWN


class Lift:
    def __init__(self, name):
        self.name, self.floor, self.direction, self.riders = name, 0, IDLE, []
        self.trips = self.travelled = self.carried = 0


class Building:
    def __init__(self, persons):
        self.lifts = [Lift("A"), Lift("B")]
        self.waiting = [[] for _ in range(FLOORS)]
        self.order, self.now = count(), 0
        self.agenda = []
        for p in persons:
            self.add(p.called, p)

    def add(self, at, what):
        heapq.heappush(self.agenda, (at, next(self.order), what))

    def work_ahead(self, lift, direction):
        if direction == IDLE:
            return False
        floors = [p.goal for p in lift.riders] + [f for f in range(FLOORS) if self.waiting[f]]
        return any((f - lift.floor) * direction > 0 for f in floors)

    def decide(self, lift):
        ahead = lift.direction or UP
        return next((d for d in (ahead, -ahead) if self.work_ahead(lift, d)), IDLE)

    def stop(self, lift):
        leaving = [p for p in lift.riders if p.goal == lift.floor]
        for p in leaving:
            p.left = self.now
        lift.carried += len(leaving)
        lift.riders = [p for p in lift.riders if p.goal != lift.floor]
        if not self.work_ahead(lift, lift.direction):
            lift.direction = IDLE
        entering = []
        for p in self.waiting[lift.floor]:
            if lift.direction in (IDLE, p.direction) and len(lift.riders) < CAPACITY:
                p.entered = self.now
                lift.riders.append(p)
                lift.direction = p.direction
                entering.append(p)
        self.waiting[lift.floor] = [p for p in self.waiting[lift.floor] if p not in entering]
        lift.direction = self.decide(lift)
        if lift.direction == IDLE:
            return
        busy = bool(leaving or entering)
        lift.floor += lift.direction
        lift.travelled += 1
        lift.trips += busy
        self.add(self.now + DOORS * busy + TRAVEL, lift)

    def run(self):
        events = 0
        while self.agenda:
            self.now, _, what = heapq.heappop(self.agenda)
            events += 1
            if isinstance(what, Lift):
                self.stop(what)
                continue
            self.waiting[what.start].append(what)
            idle = next((lift for lift in self.lifts if lift.direction == IDLE), None)
            if idle:
                self.stop(idle)
        return events


def clock(seconds):
    t = 8 * 3600 + seconds
    return f"{t // 3600:02}:{t // 60 % 60:02}:{t % 60:02}"


state = 1234567


def draw(limit):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % limit


persons, when = [], 0
for i in range(PERSONS):
    when += 2 + draw(18)
    start = draw(FLOORS)
    goal = draw(FLOORS)
    if i < PERSONS // 3 and draw(10) < 8:
        start = 0
    if i > 2 * PERSONS // 3 and draw(10) < 8:
        goal = 0
    if start == goal:
        goal = (goal + 1 + draw(FLOORS - 1)) % FLOORS
    persons.append(Person(start, goal, when))

building = Building(persons)
events = building.run()
print(f"the day ends at {clock(building.now)}: Error: Cannot pop from an empty array")
print(f"{events} events, {next(building.order)} on the agenda")


def statistics(title, values):
    n = len(values)
    print(f"{title}: mean {sum(values) / n:.1f} s, median {sorted(values)[n // 2]}, worst {max(values)}, of {n}")


there = [p for p in persons if p.left >= 0]
statistics("waiting", [p.entered - p.called for p in there])
statistics("riding ", [p.left - p.entered for p in there])
statistics("in all ", [p.left - p.called for p in there])
for lift in building.lifts:
    print(f"lift {lift.name}: {lift.carried} persons, {lift.trips} stops, {lift.travelled} floors, at rest on {lift.floor}, {len(lift.riders)} inside")
print("starts by floor:", ", ".join(str(sum(p.start == f for p in persons)) for f in range(FLOORS)))
for p in persons[:4]:
    print(f"  from {p.start} to {p.goal}: called {clock(p.called)}, left {clock(p.left)}")
