"""The same as spelling.orus, written independently in Python: a recursive distance with a cache."""

import sys
from functools import lru_cache

VOCABULARY = """array boolean branch closure compiler constant continue divide enumeration function garbage heap integer
interpreter iterator literal loop match module overflow parameter pattern pointer recursion register return stack string
structure variable while""".split()


@lru_cache(maxsize=None)
def distance(a, b):
    if not a or not b:
        return len(a) + len(b)
    best = min(distance(a[:-1], b) + 1, distance(a, b[:-1]) + 1, distance(a[:-1], b[:-1]) + (a[-1] != b[-1]))
    if len(a) > 1 and len(b) > 1 and a[-1] == b[-2] and a[-2] == b[-1]:
        best = min(best, distance(a[:-2], b[:-2]) + 1)
    return best


def edits(a, b):
    """Pairs of the name of an edit and its letters."""
    if not a and not b:
        return []
    here = distance(a, b)
    if a and b and a[-1] == b[-1] and distance(a[:-1], b[:-1]) == here:
        return edits(a[:-1], b[:-1]) + [("Same",)]
    if len(a) > 1 and len(b) > 1 and a[-2:] == b[-1] + b[-2] and distance(a[:-2], b[:-2]) + 1 == here:
        return edits(a[:-2], b[:-2]) + [("Swap", a[-2], a[-1])]
    if a and b and distance(a[:-1], b[:-1]) + 1 == here:
        return edits(a[:-1], b[:-1]) + [("Replace", a[-1], b[-1])]
    if a and distance(a[:-1], b) + 1 == here:
        return edits(a[:-1], b) + [("Drop", a[-1])]
    return edits(a, b[:-1]) + [("Add", b[-1])]


def explain(all_edits):
    words = {
        "Replace": "{0} for {1}",
        "Drop": "extra {0}",
        "Add": "missing {0}",
        "Swap": "{0}{1} turned around",
    }
    return ", ".join(words[kind].format(*letters) for kind, *letters in all_edits if kind != "Same")


right = corrected = hopeless = 0
for line in sys.stdin:
    word = line.strip().lower()
    if not word:
        continue
    if word in VOCABULARY:
        right += 1
        continue
    best = min(distance(word, v) for v in VOCABULARY)
    found = sorted(v for v in VOCABULARY if distance(word, v) == best)
    if best > 3 or best >= len(word):
        hopeless += 1
        print(f"{word}: no idea (nothing within {best - 1})")
    else:
        corrected += 1
        print(f"{word}: {', '.join(found)} at {best}")
        print("   ", explain(edits(word, found[0])))
print("stopped: Error: input() reached end of file")
print(f"{right} right, {corrected} corrected, {hopeless} hopeless")

pairs = [(a, b) for i, a in enumerate(VOCABULARY) for b in VOCABULARY[i + 1:]]
closest = min(distance(a, b) for a, b in pairs)
print("closest:", ", ".join(f"{a}/{b}" for a, b in pairs if distance(a, b) == closest), "with", closest)
print(", ".join(f"Edit.{k}({', '.join(ls)})" if ls else f"Edit.{k}" for k, *ls in edits("abcd", "acbe")))
