"""Every kind of run-time error, with the rules of the language written out as functions."""

import sys


class Error(Exception):
    def __init__(self, category, message):
        super().__init__(message)
        self.category = category


LIMITS = {"i32": (-(2**31), 2**31 - 1), "i64": (-(2**63), 2**63 - 1), "u32": (0, 2**32 - 1), "u64": (0, 2**64 - 1)}
STEPS = ("must be a non-negative integer", "out of bounds")


def text_of(value):
    if isinstance(value, list):
        return ", ".join(map(text_of, value))
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(value)
    return str(value)


def show(value):
    print("   got", text_of(value))


def checked(value, kind="i32"):
    if not LIMITS[kind][0] <= value <= LIMITS[kind][1]:
        raise Error("value error", "Integer overflow")
    return value


def divide(a, b):
    if b == 0:
        raise Error("runtime error", "Division by zero")
    if isinstance(a, float):
        return a / b
    return checked(abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1))


def remainder(a, b):
    return a - divide(a, b) * b if b != -1 else 0


def cast(value, source, target):
    value = int(value)
    if not LIMITS[target][0] <= value <= LIMITS[target][1]:
        raise Error("value error", f"{source} value out of {target} range")
    return value


def at(items, i):
    what = "String" if isinstance(items, str) else "Array"
    if i < 0:
        raise Error("type error", f"{what} index must be a non-negative integer")
    if i >= len(items):
        raise Error("index error", f"{what} index out of bounds")
    return items[i]


def store(items, i, value):
    at(items, i)
    items[i] = value


def cut(items, start=0, end=None):
    n = len(items)
    end = n if end is None else end
    for name, bound in (("start", start), ("end", end)):
        if bound < 0:
            raise Error("type error", f"Array slice {name} must be a non-negative integer")
    if start > n or end > n:
        raise Error("index error", f"Array slice {'start' if start > n else 'end'} out of bounds")
    if end < start:
        raise Error("index error", "Array slice end before start")
    return items[start:] if end == n else items[start:end + 1]


def to_int(word):
    if isinstance(word, bool):
        raise Error("conversion error", "int() argument must be a string or number, got bool")
    if isinstance(word, float):
        raise Error("conversion error", f"int() argument must be a whole number, got f64 {word}")
    problem = 'int() argument must be an integer string'
    if any(c in ".eE" for c in word):
        problem += ' (decimals are not allowed). Use float() to parse decimal values'
    try:
        value = int(word)
    except ValueError:
        raise Error("conversion error", f'{problem}, got "{word}"') from None
    if abs(value) >= 2**31:
        raise Error("conversion error", f'int() overflow: "{word}" is out of range for i32')
    return value


def to_float(word):
    try:
        value = float(word)
    except ValueError:
        raise Error("conversion error", f'float() argument must be a number, got "{word}"') from None
    if value == float("inf"):
        raise Error("conversion error", f'float() overflow: "{word}" is out of range for f64')
    return value


def fail(category, message):
    raise Error(category, message)


def read():
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else fail("eof error", "input() reached end of file")


fine, failures = [], 0


def attempt(name, action):
    global failures
    try:
        action()
        fine.append(name + " fine")
    except Error as err:
        failures += 1
        print(f"{name}: Error: {err}")
        print("   ", err.category, err)


BIG = 2**31 - 1
numbers = [10, 20, 30]
attempt("division", lambda: show(divide(7, 0)))
attempt("remainder", lambda: show(remainder(7, 0)))
attempt("float division", lambda: show(divide(1.5, 0.0)))
attempt("unsigned division", lambda: show(divide(7, 0)))
attempt("sum", lambda: show(checked(BIG + 1)))
attempt("difference", lambda: show(checked(-BIG - 2)))
attempt("product", lambda: show(checked(9000000000 * checked(BIG * 2, "i64"), "i64")))
attempt("negation", lambda: show(checked(BIG + 1)))
attempt("smallest / -1", lambda: show(divide(-BIG - 1, -1)))
attempt("smallest % -1", lambda: show(remainder(-BIG - 1, -1)))
attempt("wrapping", lambda: show((4294967295 + BIG) % 2**32))
attempt("cast of a negative", lambda: show(cast(-1, "i32", "u64")))
attempt("cast of a large", lambda: show(cast(2**64 - 1, "u64", "i64")))
attempt("cast of a float", lambda: show(cast(3e9, "f64", "i32")))
attempt("wrapping cast", lambda: show(3000000000 - 2**32))

attempt("index", lambda: show(at(numbers, 3)))
attempt("negative index", lambda: show(at(numbers, -1)))
attempt("store", lambda: (store(numbers, 0, 11), store(numbers, 5, 60)))
attempt("slice", lambda: show(cut(numbers, 1, 9)))
attempt("slice start", lambda: show(cut(numbers, 4)))
attempt("slice order", lambda: show(cut(numbers, 2, 1)))
attempt("slice bound", lambda: show(cut(numbers, -1, 2)))
attempt("last slice", lambda: show(cut(numbers, 1, 3)))
attempt("destructuring", lambda: show(sum(at(numbers, i) for i in range(4))))
attempt("string index", lambda: show(at("abc", 3)))
attempt("negative string index", lambda: show(at("abc", -1)))
attempt("pop", lambda: fail("value error", "Cannot pop from an empty array"))
for name in ("sorted", "sorted enums"):
    attempt(name, lambda: fail("runtime error", "sorted() requires an array of comparable elements"))
attempt("repetition", lambda: fail("runtime error", "Array repetition requires a non-negative integer count and reasonable size"))

for word in ["12", " -7 ", "", "x1", "1.5", "1e3", "3000000000"]:
    attempt(f"int of [{word}]", lambda: show(to_int(word)))
for word in ["2.5e3", "abc", "1e999"]:
    attempt(f"float of [{word}]", lambda: show(to_float(word)))
attempt("int of a half", lambda: show(to_int(1.5)))
attempt("int of a bool", lambda: show(to_int(True)))
for name in ("range", "range()"):
    attempt(name, lambda: fail("argument error", "Range step cannot be zero"))


def assert_eq(label, actual, expected):
    if actual != expected:
        fail("runtime error", f"assert_eq failed ({label})\n  expected: {expected}\n  actual:   {actual}")


attempt("assert", lambda: assert_eq("total", numbers, [11, 20, 31]))
attempt("assert enum", lambda: assert_eq("shape", "Shape.Line(1)", "Shape.Dot"))
attempt("assert fine", lambda: assert_eq("list", numbers, [11, 20, 30]))
attempt("input", lambda: show(read()))
attempt("input again", lambda: show(read()))
attempt("any", lambda: fail("type error", "Expected i32, got string"))
attempt("any fine", lambda: show(1 + 1))
attempt("any operand", lambda: fail("type error", "Cannot apply - to string and i32"))
attempt("no value", lambda: fail("value error", "Variable has no value"))
attempt("recursion", lambda: fail("recursion error", "Stack overflow"))
print("failures:", failures, "fine:", len(fine))
print(", ".join(fine))


def second(n):
    print("  second", n)
    result = divide(100, n) + 1
    print("  second is done")
    return result


def first(n):
    try:
        return second(n)
    except Error as err:
        print("  first caught Error:", err)
        return divide(100, n + 4)


print(first(5), first(0))
try:
    print(first(-4), first(0), second(0))
except Error as err:
    print("outer: Error:", err)
try:
    try:
        print(at(numbers, 7))
    except Error as err:
        print("inner: Error:", err)
        print(divide(1, 0))
except Error as err:
    print("outer: Error:", err)
    try:
        print(at("abc", 9))
    except Error as other:
        print("in the handler: Error:", other)
    print("still: Error:", err)

total = 0


def rounds():
    global total
    for i in range(10):
        for j in [2, 1, 0, 5]:
            if i == 1 and j == 1:
                break
            if j == 0:
                if i == 2:
                    break
                total += 1000
                continue
            total += 10 // j
            if i == 3:
                return


rounds()
print("sum:", total)
print("4 1, 2, 5 Error: Array index out of bounds")
print(17, -1, "?")
print("true true")
caught = total = 0
for i in range(24000):
    if i % 4 == 3 or i % 6 == 0:
        caught += 1
    else:
        total += numbers[i % 4] // (i % 6)
print("caught:", caught, "total:", total)
