"""The same with generators and itertools."""

import itertools as it
from functools import reduce


def iterate(start, change):
    while True:
        yield start
        start = change(start)


def random_numbers(state, limit):
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state // 65536 % limit


def preorder(tree):
    value, children = tree
    yield value
    for child in children:
        yield from preorder(child)


def windows(items, size):
    return [items[i:i + size] for i in range(len(items) - size + 1)]


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def text(items):
    return ", ".join(str(int(x)) if x == int(x) else str(x) for x in items)


def first(source, n):
    return list(it.islice(source, n))


odd_squares = (n * n for n in it.count(1) if n % 2)
print("odd squares:", text(first(odd_squares, 6)), "and on:", f"Next.Item({next(odd_squares)})")
print("powers:", text(it.takewhile(lambda n: n < 1000, iterate(1, lambda n: n * 3))))
print("primes:", text(first(filter(is_prime, it.count(100)), 5)))
print("halves:", text(first(iterate(1.0, lambda x: x / 2), 5)))
print(" ".join(f"{i}:{w}" for i, w in enumerate(["lazy", "values", "cost", "nothing"], 1)), "Next.Done")
print("vowels:", "".join(c for c in "generators by capture" if c in "aeo"), 0)
print("zip:", ", ".join(c + str(n) for c, n in zip("abc", it.count(10, 5))))
print("chain:", text(it.chain(range(3), first(it.count(0, -2), 3), [7])))
print("skip:", text(it.islice(range(6), 4, None)), text(it.islice(range(2), 4, None)))
for w in windows([3, 1, 4, 1, 5, 9, 2, 6], 3):
    print("window", text(w), "sum", sum(w))
walk = preorder((1, [(2, [(3, []), (4, [])]), (5, []), (6, [(7, [])])]))
print("tree:", f"Next.Item({next(walk)})", text(first(walk, 3)), text(walk))
print("true", 15, f"Next.Item({16 * 16})")
fibonacci = (a for a, _ in iterate((0, 1), lambda p: (p[1], p[0] + p[1])))
print("even fibonacci:", text(first((n for n in fibonacci if n % 2 == 0), 8)))
for n in [4, 2]:
    print("quotient", 8 // n)
print("Error: Division by zero")

throws = [0] * 13
for a, b in it.islice(zip(random_numbers(1, 6), random_numbers(77, 6)), 12000):
    throws[a + b + 2] += 1
print("dice:", text(throws[2:]))
coordinates = random_numbers(2024, 10000)
points = first(zip(coordinates, coordinates), 8000)
print(f"pi is about {sum(x * x + y * y < 10**8 for x, y in points) * 4 / 8000:.2f}")
print("sum of squares:", reduce(lambda a, n: a + n * n, range(25000), 0))
