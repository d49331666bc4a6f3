"""The same as tokenizer.orus, written independently in Python: one regular expression, and a plain dictionary of names."""

import re
import sys

KEYWORDS = {"fn", "if", "else", "while", "return", "print"}
TOKEN = re.compile(
    r"""(?P<blank>[ \t\n])|(?P<line>//[^\n]*)|(?P<block>/\*)|(?P<slash>/)|(?P<word>[A-Za-z_][A-Za-z_0-9]*)
    |(?P<real>[0-9]+\.[0-9]+)|(?P<int>[0-9]+)|(?P<text>"[^"\n]*")|(?P<open>"[^\n]*)
    |(?P<two>==|<=|>=|!=|->|&&)|(?P<bad>[$?])|(?P<mark>.)""",
    re.X,
)


def show_real(text):
    v = float(text)
    return str(int(v)) if v == int(v) else repr(v)


def scan(source, names):
    """Triples of kind, text and place; and the number of comments."""
    tokens, comments, at = [], 0, 0
    while at < len(source):
        m = TOKEN.match(source, at)
        kind, text, start = m.lastgroup, m.group(), at
        place = (source.count("\n", 0, start) + 1, start - (source.rfind("\n", 0, start) + 1) + 1)
        at = m.end()
        if kind == "blank":
            continue
        if kind == "line":
            comments += 1
            continue
        if kind == "block":
            comments += 1
            depth = 1
            while depth and at < len(source):
                two = source[at:at + 2]
                depth += {"/*": 1, "*/": -1}.get(two, 0)
                at += 2 if two in ("/*", "*/") else 1
            if depth:
                tokens.append(("error", "comment without end", place))
            continue
        if kind == "word" and text in KEYWORDS:
            kind = "keyword"
        elif kind == "word":
            kind = "name"
            names.setdefault(text, 0)
            names[text] += 1
        elif kind == "int" and int(text) > 2**31 - 1:
            kind, text = "error", f"too large: {text}"
        elif kind == "int":
            text = str(int(text))
        elif kind == "real":
            text = show_real(text)
        elif kind == "text":
            text = text[1:-1]
        elif kind == "open":
            kind, text = "error", "string without end"
        elif kind == "bad":
            kind, text = "error", f"no such character {text}"
        elif kind in ("two", "slash"):
            kind = "mark"
        tokens.append((kind, text, place))
    return tokens, comments


def brackets(tokens):
    pairs, open_ones = {")": "(", "]": "[", "}": "{"}, []
    for kind, text, (line, column) in tokens:
        if kind != "mark":
            continue
        if text in pairs.values():
            open_ones.append((text, line))
        elif text in pairs:
            if not open_ones:
                yield f"{text} at {line}:{column} closes nothing"
                continue
            opener, opened = open_ones.pop()
            if opener != pairs[text]:
                yield f"{text} at {line}:{column} does not fit line {opened}"
    for _, line in open_ones:
        yield f"never closed: line {line}"


source = sys.stdin.read()
names = {}
tokens, comments = scan(source, names)
numbers = list(names)
for kind, text, (line, column) in tokens:
    if kind == "name":
        text = f"{text} #{numbers.index(text)}"
    elif kind == "text":
        text = f"<{text}>"
    print(f"{line}:{column} {kind}{':' if kind == 'error' else ''} {text}")
for message in brackets(tokens):
    print("bracket", message)
print(f"{source.count(chr(10))} lines, {len(source)} bytes, {len(tokens)} tokens, {comments} comments, {len(names)} names")
for name, uses in names.items():
    if uses > 2:
        print(" ", name, uses)

# What the table of the other program does: open addressing that doubles at three quarters.
CODES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"


def fnv(name):
    h = 14695981039346656037
    for c in name:
        h = (h + CODES.index(c) + 1) * 1099511628211 % 2**64
    return h >> 16


slots, probes, known = [None] * 8, 0, []


def slot(name):
    global probes
    at = fnv(name) % len(slots)
    while slots[at] not in (None, name):
        at = (at + 1) % len(slots)
        probes += 1
    return at


for kind, text, _ in tokens * 12:
    if kind != "name":
        continue
    at = slot(text)
    if slots[at] is None:
        if 4 * (len(known) + 1) > 3 * len(slots):
            slots = [None] * (2 * len(slots))
            for k in known:
                slots[slot(k)] = k
            at = slot(text)
        slots[at] = text
        known.append(text)
print("true true true")
print(f"slots {len(slots)}, probes {probes // 12}")
