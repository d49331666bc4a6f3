"""The nightly job; it fails as well, by an exit code of its own."""

import sys


class Error(Exception):
    pass


def checked(value):
    if not -(2**31) <= value < 2**31:
        raise Error("Integer overflow")
    return value


def divide(a, b):
    if b == 0:
        raise Error("Division by zero")
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def at(items, i):
    if not 0 <= i < len(items):
        raise Error("Array index out of bounds")
    return items[i]


class Ledger:
    def __init__(self, accounts):
        self.balances, self.closed = [0] * accounts, [False] * accounts
        self.faults, self.bookings = [], 0

    def apply(self, word, *values):
        if word == "#":
            print("comment:", *values)
            return True
        account = values[0]
        if word == "close":
            at(self.closed, account)
            self.closed[account] = True
            return self.balances[account] == 0
        if at(self.closed, account):
            self.faults.append(f"Fault.Closed({account})")
            return False
        self.balances[account] = checked(self.balances[account] + values[1])
        self.bookings += 1
        return True

    def run(self, lines):
        for number, text in enumerate(lines, 1):
            word, *rest = text.split(" ")
            try:
                if word not in ("#", "close", "book"):
                    raise Error(f"unknown word {word}")
                try:
                    values = rest[:1] if word == "#" else list(map(int, rest))
                    assert len(values) == (2 if word == "book" else 1)
                except (ValueError, AssertionError):
                    raise Error(f"cannot read {text}") from None
            except Error as problem:
                self.faults.append(f"Fault.Syntax({number}, {problem})")
                continue
            try:
                if not self.apply(word, *values):
                    print("line", number, "is odd")
            except Error as err:
                print("line", number, "- Error:", err)

    def total(self):
        total = 0
        for cents in self.balances:
            total = checked(total + cents)
        return total

    def average(self):
        return divide(self.total(), self.bookings)


def with_summary(ledger, name, compute):
    try:
        print(name, "=", compute(ledger))
    except Error as err:
        print(name, "failed: Error:", err, "faults:", len(ledger.faults))
        print("first fault:", at(ledger.faults, 0))


def main():
    ledger = Ledger(4)
    ledger.run([
        "# opening", "book 0 125050", "book 1 -20000", "book 2 999", "boook 2 1", "book 7 100", "book 1 x",
        "close 2", "book 2 5", "book 3 2147483647", "book 3 1", "close",
    ])
    print("balances:", ", ".join(map(str, ledger.balances)), "bookings:", ledger.bookings)
    print("\n".join(ledger.faults))
    with_summary(ledger, "total", Ledger.total)
    ledger.balances[3] = 0
    with_summary(ledger, "total", Ledger.total)
    with_summary(ledger, "average", Ledger.average)

    busy, overflows, seed = Ledger(3), 0, 1
    for i in range(20000):
        seed = (seed * 1103515245 + 12345) % 2**32
        cents = seed // 65536 % 4000 * 100 - 40000
        try:
            busy.balances[i % 3] = checked(busy.balances[i % 3] + checked(cents * 1000))
            busy.bookings += 1
        except Error:
            overflows += 1
            busy.balances[i % 3] = 0
    print("busy:", ", ".join(map(str, busy.balances)), "overflows:", overflows)

    quiet = Ledger(2)
    quiet.run(["# nothing"])
    with_summary(quiet, "quiet average", Ledger.average)


try:
    main()
except Error:
    sys.exit(70)
