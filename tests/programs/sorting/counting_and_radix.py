"""The same as counting_and_radix.orus, written independently in Python."""

SIZE = 4000
state = 88172645463325252


def next_wide():
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return state


def next_narrow():
    return next_wide() >> 32


def show(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(show(v) for v in value)
    return str(value)


def say(*values):
    print(*(show(v) for v in values))


def histogram(keys, limit):
    counts = [0] * limit
    for k in keys:
        if k >= limit:
            raise IndexError("Array index out of bounds")
        counts[k] += 1
    return counts


def bucket_sort(values):
    buckets = [[] for _ in values]
    for v in values:
        i = int(v * len(values))
        if i >= len(values):
            raise IndexError("Array index out of bounds")
        buckets[i].append(v)
    return [v for b in buckets for v in sorted(b)]


def radix_sort(keys, passes):
    for p in range(passes):
        piles = [[] for _ in range(256)]
        for k in keys:
            piles[(k >> (8 * p)) & 255].append(k)
        keys = [k for pile in piles for k in pile]
    return keys


def is_sorted(xs):
    return all(a <= b for a, b in zip(xs, xs[1:]))


def ends(xs):
    return xs[:2] + xs[-2:]


def hash32(xs):
    h = 5381
    for x in xs:
        h = (h * 33 + x) % 2**32
    return h


dice = [next_narrow() % 6 + next_narrow() % 6 for _ in range(SIZE)]
sums = histogram(dice, 11)
say("throws of two dice:", sums)
thrown = [k for k in range(11) for _ in range(sums[k])]
say(is_sorted(dice), is_sorted(thrown), len(thrown), ends(thrown))
say("every thousandth:", thrown[::1000])
total = 0.0
for x in thrown:
    total += x + 2.0
print(f"mean of two dice {total / SIZE:.3f}")

narrow = [next_narrow() for _ in range(SIZE)]
by_byte = radix_sort(narrow, 4)
say("narrow", is_sorted(narrow), is_sorted(by_byte), ends(by_byte))
for k in range(9, 0, -4):
    print(f"  [{k}] {narrow[k]} -> {by_byte[k]}")
print(f"hashes {hash32(narrow):x} {hash32(by_byte):x}")
say("xs are untouched:", narrow[0] != by_byte[0], len(narrow) == len(by_byte))

wide = [next_wide() for _ in range(SIZE // 2)]
by_wide = radix_sort(wide, 8)
say("wide", is_sorted(wide), is_sorted(by_wide), ends(by_wide))
say("as the built-in:", by_wide == sorted(wide))

fractions = [next_narrow() / 4294967296.0 for _ in range(SIZE)]
in_buckets = bucket_sort(fractions)
say("fractions", is_sorted(fractions), is_sorted(in_buckets))
for v in ends(in_buckets):
    print(f"  {v:.6f}")
print(f"median {(in_buckets[SIZE // 2 - 1] + in_buckets[SIZE // 2]) / 2.0:.6f}")

try:
    say(histogram([3, 1, 12], 11))
except IndexError as problem:
    print(f"Error: {problem}")
try:
    say(bucket_sort([0.25, 1.0, 0.5]))
except IndexError as problem:
    print(f"Error: {problem}")
