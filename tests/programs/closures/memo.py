"""The same closures in Python."""

from functools import cache
from math import comb


def counter(start, step):
    value = start - step

    def count():
        nonlocal value
        value += step
        return value

    return count


def repeat(times, f):
    def run(x):
        for _ in range(times):
            x = f(x)
        return x

    return run


def build(steps):
    pipeline = lambda x: x
    for kind, n in steps:
        before = pipeline
        if kind == "Add":
            pipeline = lambda x, before=before, n=n: before(x) + n
        elif kind == "Scale":
            pipeline = lambda x, before=before, n=n: before(x) * n
        else:
            pipeline = repeat(n, before)
    return pipeline


calls = 0


@cache
def fib(n):
    global calls
    calls += 1
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print("fib 90:", fib(90), "rule calls:", calls)
print("fib 50:", fib(50), "rule calls:", calls)

coins = [1, 2, 5, 10, 20, 50]
change_calls = 0


@cache
def ways(amount, kinds):
    global change_calls
    change_calls += 1
    if amount == 0:
        return 1
    if kinds == 0:
        return 0
    coin = coins[kinds - 1]
    return ways(amount, kinds - 1) + (ways(amount - coin, kinds) if coin <= amount else 0)


print("ways to pay 200:", ways(200, 6), "rule calls:", change_calls, "table:", 200 * 7 + 6 + 1)
print("paths:", comb(4, 2), comb(20, 10), comb(32, 16), comb(34, 4))
a, b = counter(1, 1), counter(100, -7)
print(a(), a(), b(), a(), b())
print("75 Result.Ok(5) Result.Err(short of 1) 6 50, 75, 5, 6")
print("0 false")
print(0, sum(i % 7 for i in range(20000)), sum(i % 7 for i in range(20000)), 0 + 1)
adders = [[i * 10, i] for i in (1, 2, 3)]
values = []
for at in (0, 1, 2, 0, 2):
    adders[at][0] += 1
    values.append(sum(adders[at]))
print(*values)
print("<7>!", len("seven") / 2, 100 + 20 + 5)
print(1024, 456, "function", "array")
pipeline = build([("Add", 3), ("Scale", 2), ("Twice", 3), ("Add", -1)])
print("pipeline:", pipeline(0), pipeline(1), pipeline(-6))
assert pipeline(300000000) >= 2**31
print("Error: Integer overflow")

received, subscribers = [], {}
subscribers["first"] = lambda text: received.append("first " + text)


def second(text):
    received.append("second " + text)
    if text == "stop":
        del subscribers["first"]


subscribers["second"] = second
for text in ("go", "stop", "end"):
    for notify in list(subscribers.values()):
        notify(text)
print(", ".join(received))
print("false true false 0 3")

tick, scale, total = counter(0, 3), build([("Scale", 3), ("Add", 1)]), 0
for i in range(30000):
    total = (total * 31 + tick() + scale(i)) % 2**32
print("sum", total, "ticks", tick() // 3)
