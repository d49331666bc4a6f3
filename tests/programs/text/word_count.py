"""Statistics of the text on standard input."""

import re
import sys
from collections import Counter


def word_hash(word):
    h = 5381
    for c in word.encode():
        h = (h * 33 + c) % 2**32
    return h


lines = sys.stdin.read().splitlines()
per_line = [re.findall("[a-z]+", line.lower()) for line in lines]
words = [word for row in per_line for word in row]
count = Counter(words)
first = {}
for number, row in enumerate(per_line, 1):
    for word in row:
        first.setdefault(word, number)

print("stopped by: eof error input() reached end of file")
print(f"{len(lines)} lines, {sum(not row for row in per_line)} of them blank")
print(f"{len(words)} words, {len(count)} different")
letters = sum(map(len, words))
print(f"{letters / len(words):.3f} letters per word, the longest is {max(words, key=len)}")
ranking = sorted(count, key=lambda word: (-count[word], word))
for word in ranking[:10]:
    print(word.ljust(8), count[word], "from line", first[word])
print("once:", sum(n == 1 for n in count.values()), "last:", ranking[-1])
for size, n in sorted(Counter(map(len, words)).items()):
    print(str(size).ljust(2), "*" * n)
fullest = max(Counter(word_hash(word) % 31 for word in count).values())
print("fullest bucket:", fullest)
print(f"hash of wisdom: {word_hash('wisdom'):x}")
print(f"hash of belief: {word_hash('belief'):x}")
