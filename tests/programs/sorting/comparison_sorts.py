"""The same as comparison_sorts.orus, written independently in Python."""

import sys

sys.setrecursionlimit(10000)


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 16) % limit


class Tally:
    def __init__(self):
        self.comparisons = 0

    def less(self, a, b):
        self.comparisons += 1
        return a < b


def insertion_sort(xs, less, gap=1):
    for i in range(gap, len(xs)):
        moving, j = xs[i], i
        while j >= gap and less(moving, xs[j - gap]):
            xs[j] = xs[j - gap]
            j -= gap
        xs[j] = moving


def shell_sort(xs, less):
    gap = 1
    while gap < len(xs) // 3:
        gap = gap * 3 + 1
    while gap:
        insertion_sort(xs, less, gap)
        gap //= 3


def merge_sort(xs, less):
    runs = [[x] for x in xs]
    while len(runs) > 1:
        merged = []
        for k in range(0, len(runs), 2):
            if k + 1 == len(runs):
                merged.append(runs[k])
                continue
            left, right = runs[k], runs[k + 1]
            result, a, b = [], 0, 0
            while a < len(left) or b < len(right):
                if a < len(left) and (b >= len(right) or not less(right[b], left[a])):
                    result.append(left[a])
                    a += 1
                else:
                    result.append(right[b])
                    b += 1
            merged.append(result)
        runs = merged
    if runs:
        xs[:] = runs[0]


def sift_down(xs, root, end, less):
    while True:
        child = 2 * root + 1
        if child >= end:
            return
        if child + 1 < end and less(xs[child], xs[child + 1]):
            child += 1
        if not less(xs[root], xs[child]):
            return
        xs[root], xs[child] = xs[child], xs[root]
        root = child


def heap_sort(xs, less):
    for start in reversed(range(len(xs) // 2)):
        sift_down(xs, start, len(xs), less)
    for end in reversed(range(1, len(xs))):
        xs[0], xs[end] = xs[end], xs[0]
        sift_down(xs, 0, end, less)


def quick_sort(xs, less, low=0, high=None):
    if high is None:
        high = len(xs) - 1
    if low >= high:
        return
    pivot, i, j = xs[(low + high) // 2], low, high
    while i <= j:
        while less(xs[i], pivot):
            i += 1
        while less(pivot, xs[j]):
            j -= 1
        if i <= j:
            xs[i], xs[j] = xs[j], xs[i]
            i, j = i + 1, j - 1
    quick_sort(xs, less, low, j)
    quick_sort(xs, less, i, high)


def random_numbers(n, limit):
    source = Random(2024)
    return [source.below(limit) for _ in range(n)]


def longest_run(xs):
    best = run = 0
    for i, x in enumerate(xs):
        run = run + 1 if i and x == xs[i - 1] else 1
        best = max(best, run)
    return best


def checksum(xs):
    total = 17
    for x in xs:
        total = (total * 31 + x) % 2**32
    return total


SORTS = {"insertion": insertion_sort, "shell": shell_sort, "merge": merge_sort, "heap": heap_sort, "quick": quick_sort}


def contest(title, numbers):
    print(f"{title}: {len(numbers)} numbers")
    for name, sort in SORTS.items():
        xs, tally = list(numbers), Tally()
        sort(xs, tally.less)
        verdict = "sorted" if xs == sorted(numbers) else "WRONG"
        print(f"  {name}: {verdict}, {tally.comparisons} comparisons, run of {longest_run(xs)}, sum {checksum(xs):x}")


contest("random", random_numbers(400, 100000))
contest("few values", random_numbers(300, 9))
contest("descending", list(range(150, 0, -1)))
contest("one", [7])
contest("none", [])

first = random_numbers(8, 100)
print("before:", ", ".join(map(str, first)))
quick_sort(first, lambda a, b: a > b)
print("falling:", ", ".join(map(str, first)))
merge_sort(first, lambda a, b: a % 10 < b % 10)
print("by last digit:", ", ".join(map(str, first)))
