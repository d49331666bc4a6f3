"""The same as json_reader.orus, written independently in Python: exceptions, and the json module for the large text."""

import json
import re

DEEPEST = 20


class Wrong(Exception):
    def __init__(self, message, at):
        self.message, self.at = message, at


def read(text):
    at = depth = 0

    def skip():
        nonlocal at
        at = re.compile(r"[ \n\t]*").match(text, at).end()

    def word(w):
        nonlocal at
        if text.startswith(w, at):
            at += len(w)
            return True
        return False

    def string():
        nonlocal at
        result = ""
        at += 1
        while True:
            c = text[at:at + 1]
            at += 1
            if c == "":
                raise Wrong("the string does not end", at)
            if c == '"':
                return result
            if c == "\\":
                escape = text[at:at + 1]
                at += 1
                if escape not in ("n", "t", '"', "\\"):
                    raise Wrong("unknown escape", at)
                c = {"n": "\n", "t": "\t"}.get(escape, escape)
            result += c

    def several(end, entry):
        nonlocal at
        at += 1
        result = []
        skip()
        if word(end):
            return result
        while True:
            result.append(entry())
            skip()
            if word(end):
                return result
            if not word(","):
                raise Wrong(f"`,` or `{end}` is missing", at)

    def pair():
        skip()
        if text[at:at + 1] != '"':
            raise Wrong("a name is missing", at)
        name = string()
        skip()
        if not word(":"):
            raise Wrong("`:` is missing", at)
        return name, value()

    def value():
        nonlocal at, depth
        skip()
        depth += 1
        if depth > DEEPEST:
            raise Wrong("too deep", at)
        c = text[at:at + 1]
        if c == "":
            raise Wrong("a value is missing", at)
        if c == "{":
            result = dict(several("}", pair))
        elif c == "[":
            result = several("]", value)
        elif c == '"':
            result = string()
        else:
            result = simple()
        depth -= 1
        return result

    def simple():
        nonlocal at
        for w, v in (("null", None), ("true", True), ("false", False)):
            if word(w):
                return v
        digits = re.compile(r"[-+.eE0-9]*").match(text, at).group()
        if not digits:
            raise Wrong(f"unexpected {text[at]}", at)
        at += len(digits)
        try:
            return float(digits)
        except ValueError:
            raise Wrong(f"not a number: {digits}", at) from None

    result = value()
    skip()
    if at < len(text):
        raise Wrong("more after the end", at)
    return result


def number(v):
    return str(int(v)) if v == int(v) else repr(v)


def write(j):
    if isinstance(j, float) and not isinstance(j, bool):
        return number(j)
    if isinstance(j, list):
        return "[" + ",".join(map(write, j)) + "]"
    if isinstance(j, dict):
        return "{" + ",".join(json.dumps(k) + ":" + write(v) for k, v in j.items()) + "}"
    return json.dumps(j)


def statistics(j):
    kinds = dict.fromkeys(["nulls", "truths", "lies", "numbers", "texts", "lists", "objects", "characters"], 0)
    total, deepest = 0.0, 0

    def walk(v, depth):
        nonlocal total, deepest
        deepest = max(deepest, depth)
        if v is None:
            kinds["nulls"] += 1
        elif v is True:
            kinds["truths"] += 1
        elif v is False:
            kinds["lies"] += 1
        elif isinstance(v, float):
            kinds["numbers"] += 1
            total += v
        elif isinstance(v, str):
            kinds["texts"] += 1
            kinds["characters"] += len(v)
        elif isinstance(v, list):
            kinds["lists"] += 1
            for item in v:
                walk(item, depth + 1)
        else:
            kinds["objects"] += 1
            kinds["characters"] += sum(map(len, v))
            for item in v.values():
                walk(item, depth + 1)

    walk(j, 1)
    return ", ".join([str(n) for n in kinds.values()] + [number(total), str(deepest)])


DOCUMENT = """{
  "shop": "Corner",
  "open": true, "closed": false, "owner": null,
  "orders": [
    {"id": 1, "price": 12.50, "tags": ["new", "a \\"b\\"\\n"]},
    {"id": 2, "price": -3e2, "tags": []},
    {}
  ],
\t"total": 0.125
}"""


def study(text):
    try:
        j = read(text)
    except Wrong as w:
        before = text[:w.at]
        # Places behind the end count as columns.
        column = w.at - (before.rfind("\n") + 1) + 1
        print(f"{before.count(chr(10)) + 1}:{column}: {w.message}")
        return
    print(write(j))
    print(statistics(j))


study(DOCUMENT)
for bad in (
    "", "[1, 2", "[1 2]", '{"a" 1}', '{"a": 1,}', '["open', '["\\q"]', "tru", "[1.2.3]", "[1] x", "\n\n  {1: 2}", "[-]",
    "[" * 21 + "1" + "]" * 21,
):
    study(bad)

document = read(DOCUMENT)
for path in (["shop"], ["orders", "0", "price"], ["orders", "1", "tags"], ["orders", "7"], ["orders", "x"], ["owner", "name"]):
    here, answer = document, None
    for step in path:
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        else:
            if isinstance(here, list):
                reason = "Array index out of bounds" if step.isdigit() else f'int() argument must be an integer string, got "{step}"'
                print("  (in a list:", f"Error: {reason}", ")")
            answer = f"? nothing called {step}"
            break
    print(", ".join(path), "=", answer or write(here))

seed = 77


def draw(limit):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**32
    return (seed >> 16) % limit


def make(depth):
    kind = draw(4) if depth < 7 else 4 + draw(4)
    if kind == 4:
        return "null"
    if kind == 5:
        return "true" if draw(2) == 0 else "false"
    if kind == 6:
        return str(draw(1000) - 500)
    if kind == 7:
        return f'"w{draw(100)}"'
    if kind == 0:
        return "{" + ",".join([f'"k{i}":' + make(depth + 1) for i in range(draw(4) + 1)]) + "}"
    return "[" + ",".join([make(depth + 1) for _ in range(draw(3) + 1)]) + "]"


big = make(0)
whole = json.loads(big, parse_int=float)
print(len(big), str(write(whole) == big).lower(), statistics(whole))
