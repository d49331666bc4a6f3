"""The same as calculator.orus, written independently in Python: a precedence table, regular expressions and tuples."""

import re


class Fault(Exception):
    pass


def show(v):
    return str(int(v)) if abs(v) < 1e15 and v == int(v) else repr(v)


def tokens(text):
    result, i = [], 0
    while i < len(text):
        m = re.compile(r"[0-9][0-9.]*|[a-z_]+|[-+*/^()]| ").match(text, i)
        if not m:
            raise Fault(f"bad character {text[i]} at {i}")
        word = m.group()
        if word[0].isdigit():
            try:
                result.append(float(word))
            except ValueError:
                raise ValueError(f'float() argument must be a number, got "{word}"') from None
        elif word != " ":
            result.append(word)
        i = m.end()
    return result + [None]


def parse(text):
    todo = tokens(text)

    def expected(what):
        found = todo[0]
        raise Fault(f"expected {what}, found {'the end' if found is None else show(found) if isinstance(found, float) else found}")

    def take(symbol):
        if todo[0] == symbol:
            return todo.pop(0)
        return None

    def binary(level):
        if level == 2:
            return ("neg", binary(2)) if take("-") else power()
        left = binary(level + 1)
        while todo[0] in (("+", "-"), ("*", "/"))[level]:
            op = todo.pop(0)
            left = (op, left, binary(level + 1))
        return left

    def power():
        base = primary()
        return ("^", base, binary(2)) if take("^") else base

    def primary():
        t = todo[0]
        if isinstance(t, float):
            return todo.pop(0)
        if t is not None and t[0] not in "-+*/^()":
            todo.pop(0)
            if not take("("):
                return t
            inner = binary(0)
            if not take(")"):
                expected("`)`")
            return ("call", t, inner)
        if not take("("):
            expected("a value")
        inner = binary(0)
        if not take(")"):
            expected("`)`")
        return inner

    e = binary(0)
    if todo[0] is not None:
        expected("an operator")
    return e


def text_of(e):
    if isinstance(e, float):
        return show(e)
    if isinstance(e, str):
        return e
    if e[0] == "neg":
        return "-" + text_of(e[1])
    if e[0] == "call":
        return f"{e[1]}({text_of(e[2])})"
    return f"({text_of(e[1])} {e[0]} {text_of(e[2])})"


def apply(op, a, b):
    if op == "/" and b == 0:
        raise Fault("division by zero")
    if op == "^":
        result = 1.0
        for _ in range(abs(int(b))):
            result *= a
        return result if int(b) >= 0 else 1.0 / result
    return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[op]()


def evaluate(e, scope):
    if isinstance(e, float):
        return e
    if isinstance(e, str):
        if e not in scope:
            raise Fault(f"unknown name {e}")
        return scope[e]
    if e[0] == "neg":
        return -evaluate(e[1], scope)
    if e[0] == "call":
        v = evaluate(e[2], scope)
        if e[1] == "sq":
            return v * v
        if e[1] == "abs":
            return abs(v)
        raise Fault(f"unknown name {e[1]}")
    return apply(e[0], evaluate(e[1], scope), evaluate(e[2], scope))


def simple(e):
    if isinstance(e, (float, str)):
        return e
    if e[0] == "call":
        return ("call", e[1], simple(e[2]))
    if e[0] == "neg":
        inner = simple(e[1])
        if isinstance(inner, float):
            return -inner
        return inner[1] if inner[0] == "neg" else ("neg", inner)
    op, l, r = e[0], simple(e[1]), simple(e[2])
    if op == "*" and 0.0 in (l, r):
        return 0.0
    if (op, l) in (("+", 0.0), ("*", 1.0)):
        return r
    if (op, r) in (("+", 0.0), ("-", 0.0), ("*", 1.0), ("/", 1.0), ("^", 1.0)):
        return l
    if isinstance(l, float) and isinstance(r, float):
        try:
            return apply(op, l, r)
        except Fault:
            pass
    return (op, l, r)


def derive(e, x):
    if isinstance(e, float):
        return 0.0
    if isinstance(e, str):
        return 1.0 if e == x else 0.0
    if e[0] == "neg":
        return ("neg", derive(e[1], x))
    if e[0] == "call":
        return ("*", ("*", 2.0, e[2]), derive(e[2], x))
    op, l, r = e
    if op == "*":
        return ("+", ("*", derive(l, x), r), ("*", l, derive(r, x)))
    if op == "/":
        return ("/", ("-", ("*", derive(l, x), r), ("*", l, derive(r, x))), ("call", "sq", r))
    if op == "^":
        return ("*", ("*", r, ("^", l, ("-", r, 1.0))), derive(l, x))
    return (op, derive(l, x), derive(r, x))


SCOPE = {"x": 3.0, "pi": 3.141592653589793, "half": 0.5}


def calculate(text):
    try:
        e = parse(text)
    except Fault as f:
        return f"? {f}"
    try:
        return f"{text_of(e)} = {show(evaluate(e, SCOPE))}"
    except Fault as f:
        return f"{text_of(e)} ? {f}"


for line in (
    "1 + 2 * 3", "(1 + 2) * 3", "-2 ^ 2", "2 ^ 3 ^ 2", "2 ^ -2", "7 / 2 / 2", "10 - 4 - 3", "--x",
    "pi * sq(x + half)", "abs(1 - 2.5e0)", "abs(-.5)", "1 / (x - 3)", "2 * (3 + ", "4 5", "x ? 2", "", "y + 1",
    "sin(1)", "0.1 + 0.2", "1000000 * 1000000 * 1000000 * 1000000", "sq(abs(-3)) - 1 / 8",
):
    print(line, "|", calculate(line))
try:
    print(calculate("1.2.3 + 1"))
except ValueError as e:
    print(f"Error: {e}")

for line in ("x * x", "3 * x ^ 3 + 2 * x - 7", "sq(x + 1) / x", "(x + 0) * 1 - 0", "2 * 3 + x * 0"):
    e = parse(line)
    print(line, "->", text_of(simple(e)), "and", text_of(simple(derive(e, "x"))))


def area(text, low, high, count):
    e, total, width = parse(text), 0.0, (high - low) / count
    for i in range(count):
        total += evaluate(e, {"t": low + (i + 0.5) * width}) * width
    return total


print(f"areas {area('t * t', 0.0, 3.0, 4000):.6f} {area('1 / (1 + t ^ 2) * 4', 0.0, 1.0, 3000):.6f} {area('1 / t', 1.0, 2.718281828459045, 2000):.6f}")
