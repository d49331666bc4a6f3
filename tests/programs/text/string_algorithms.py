"""Algorithms on strings, with the library wherever it has them."""

import base64
import re
from itertools import cycle, groupby


def is_palindrome(text):
    letters = [c for c in text.lower() if c.isalpha()]
    return letters == letters[::-1]


def longest_palindrome(text):
    parts = [text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)]
    return max((p for p in parts if p == p[::-1]), key=len)


def shifted(c, by):
    if not c.isalpha():
        return c
    start = ord("a" if c.islower() else "A")
    return chr((ord(c) - start + by) % 26 + start)


def caesar(text, by):
    return "".join(shifted(c, by) for c in text)


def vigenere(text, key, sign):
    keys = cycle(key)
    return "".join(shifted(c, sign * (ord(next(keys)) - 97)) if c.isalpha() else c for c in text)


def pack(text):
    runs = ((c, len(list(run))) for c, run in groupby(text))
    return "".join((str(n) if n > 1 else "") + c for c, n in runs)


def unpack(text):
    return re.sub(r"(\d+)(\D)", lambda m: m[2] * int(m[1]), text)


def occurrences(text, pattern):
    return [m.start() for m in re.finditer(f"(?={pattern})", text)]


def borders(pattern):
    return [
        max(k for k in range(i) if pattern[:k] == pattern[i - k:i]) for i in range(1, len(pattern) + 1)
    ]


def anagrams(a, b):
    return sorted(filter(str.isalpha, a.lower())) == sorted(filter(str.isalpha, b.lower()))


def say(b):
    return str(b).lower()


for text in ["A man, a plan, a canal: Panama", "Orus", "", "No lemon, no melon", "almost tsomla!"]:
    print(f"[{text}]", "is a palindrome" if is_palindrome(text) else "is none")
print(*map(longest_palindrome, ["forgeeksskeegfor", "bananas", "x"]))
secret = caesar("The Quick Brown Fox, 1999", 3)
print(secret, "|", caesar(secret, -3))
hidden = vigenere("Attack at dawn!", "lemon", 1)
print(hidden, "|", vigenere(hidden, "lemon", -1))
for text in ["WWWWWWWWWWWWBWWWWWWWWWWWWBBBWW", "abc", "aabbbc", ""]:
    print(pack(text), say(unpack(pack(text)) == text), len(pack(text)), len(text))
for text in ["", "f", "fo", "foo", "Hello, World!", '{"a": [1, 2]}']:
    print(base64.b64encode(text.encode()).decode(), f"Decoded.Text({text})")
for code in ["Zm9", "Zm9*", "Z===", "Zm==Zm9v"]:
    bad = re.search(r"[^A-Za-z0-9+/=]|(?<!..)=|=(?=.*[^=])", code)
    print(f"bad length {len(code)}" if len(code) % 4 else f"bad character {bad[0]} at {bad.start()}")
print(*map(say, (anagrams("Dormitory", "dirty room"), anagrams("Listen", "Silent!"), anagrams("abc", "abd"))))

print("borders:", ", ".join(map(str, borders("abacabab"))))
text = "ab"
for i in range(8):
    text = text + ("b" if i % 2 else "a") + text
for pattern in ["abaab", "bab", "abababab", "bb", text[:2]]:
    found = occurrences(text, pattern)
    print(pattern, "in", len(text), "bytes:", len(found), ", ".join(map(str, found[:4])))
print("Error: String index out of bounds")
