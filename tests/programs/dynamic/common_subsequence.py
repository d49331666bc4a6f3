"""The same as common_subsequence.orus, written independently in Python: recursion with a cache."""

import sys
from functools import lru_cache

sys.setrecursionlimit(10000)


def lengths(a, b):
    @lru_cache(maxsize=None)
    def longest(i, j):
        if i == len(a) or j == len(b):
            return 0
        if a[i] == b[j]:
            return longest(i + 1, j + 1) + 1
        return max(longest(i + 1, j), longest(i, j + 1))

    return longest


def diff(old, new):
    longest, i, j = lengths(old, new), 0, 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            yield " ", old[i]
            i, j = i + 1, j + 1
        elif j == len(new) or (i < len(old) and longest(i + 1, j) >= longest(i, j + 1)):
            yield "-", old[i]
            i += 1
        else:
            yield "+", new[j]
            j += 1


def compare(title, old, new):
    print("==", title)
    changes = list(diff(old, new))
    for mark, line in changes:
        print(f"{mark} {line}")
    marks = [m for m, _ in changes]
    kept, removed, inserted = marks.count(" "), marks.count("-"), marks.count("+")
    similarity = 2 * kept / (2 * kept + removed + inserted)
    print(f"{kept} kept, {removed} removed, {inserted} inserted, similarity {similarity:.3f}")


compare(
    "a function grows",
    ["fn area(w, h):", "    return w * h", "", "print(area(2, 3))"],
    ["// Area of a rectangle.", "fn area(w, h):", "    if w < 0: return 0", "    return w * h", "", "print(area(2, 4))"],
)
compare("nothing in common", ["a", "b"], ["x"])
compare("from nothing", [], ["one", "two", "three"])
compare("moved", ["1", "2", "3", "4"], ["3", "4", "1", "2"])


def subsequence(a, b):
    return "".join(c for mark, c in diff(a, b) if mark == " ")


print(subsequence("nematode knowledge", "empty bottle"), subsequence("AGGTAB", "GXTXAYB"), "true")

state = 1


def random_word(n, letters):
    global state
    word = []
    for _ in range(n):
        state = (state * 69069 + 5) % 2**32
        word.append((state >> 16) % letters)
    return word


for letters in (2, 4, 26):
    a, b = random_word(250, letters), random_word(220, letters)
    n = lengths(a, b)(0, 0)
    print(f"{letters} letters: {len(a)} and {len(b)} share {n} ({n} by rows)")
