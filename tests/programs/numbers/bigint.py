"""The same numbers with Python's own integers."""

from math import factorial, isqrt


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def divide(a, b):
    """Truncated, as machine integers do it."""
    q, r = divmod(abs(a), abs(b))
    return (q if (a < 0) == (b < 0) else -q), (-r if a < 0 else r)


def groups(n):
    parts = []
    while n:
        n, part = divmod(n, 10000)
        parts.append(str(part))
    return ", ".join(parts)


print("factorial 100 =", factorial(100))
print("fibonacci 500 =", fibonacci(500))
print("2 ^ 300 =", 2**300)
print("digits of 2 ^ 1000 add up to", sum(map(int, str(2**1000))))

a = -123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b)
print(b - a, a - a)
print(a * b)
print(*divide(b, -1234567890123))
print(*divide(a, 9999))
print("small:", -70000, 0, -9223372036854775807)

for text in ["12", "-0", "", "-", "12a4", "00010000000"]:
    digits = text.removeprefix("-")
    bad = [c for c in digits if not c.isdigit()]
    if not digits:
        print(f"[{text}]", "no digits")
    elif bad:
        print(f"[{text}]", f"unexpected '{bad[0]}'")
    else:
        print(f"[{text}]", int(text), groups(abs(int(text))))
print("Error: Division by zero")

decimals = str(isqrt(2 * 10**98))
print(f"root of two: {decimals[0]}.{decimals[1:]}")

equal, x, y = 0, 3, -7
for i in range(1, 25):
    equal += (x + y) ** 2 == x**2 + 2 * x * y + y**2
    x = x * 97 + i
    y = y * 89 - x
print("equal:", equal, "last:", y)
