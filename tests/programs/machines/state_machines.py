"""The same machines, with tables instead of matches."""

import re

LIGHTS = [("Red", 30), ("RedAmber", 2), ("Green", 25), ("Amber", 3)]
COINS = (200, 100, 50, 20, 10, 5)


def crossing(ticks):
    seconds, at, changes = [0] * 4, 0, 0
    left = LIGHTS[0][1]
    for _ in range(ticks):
        seconds[at] += 1
        left -= 1
        if left == 0:
            at = (at + 1) % 4
            left = LIGHTS[at][1]
            changes += 1
    print("after ten hours:", f"Light.{LIGHTS[at][0]}", left, "changes", changes)
    print("seconds:", ", ".join(map(str, seconds)))


def turn(lock, event):
    """None is open, a number the pushes at the closed gate."""
    if event == "Coin":
        return None
    if event == "Push":
        return 0 if lock is None else lock + 1
    return None if lock is None or event > 7 + lock else lock


def lock_text(lock):
    return "Lock.Open" if lock is None else f"Lock.Locked({lock})"


def event_text(event):
    return f"Event.{event}" if isinstance(event, str) else f"Event.Kick({event})"


def change(cents):
    coins = []
    for coin in COINS:
        count, cents = divmod(cents, coin)
        coins += [coin] * count
    return coins


class Machine:
    def __init__(self):
        self.credit, self.broken, self.earned = None, None, 0
        self.items = [["tea", 80, 2], ["soup", 130, 1], ["nuts", 65, 0]]

    def handle(self, what, value=0):
        if self.broken:
            return f"out of order: {self.broken}"
        if self.credit is None:
            if what != "Insert":
                return "please insert coins"
            self.credit = value
            return f"credit {value}"
        if what == "Insert":
            if self.credit + value > 500:
                self.broken = "coin box"
                return "clunk"
            self.credit += value
            return f"credit {self.credit}"
        if what == "Cancel":
            coins, self.credit = change(self.credit), None
            return f"returned {len(coins)} coins"
        if value >= len(self.items):
            return "no such item"
        item = self.items[value]
        name, price, stock = item
        if stock == 0:
            return f"{name} is sold out"
        if self.credit < price:
            return f"{price - self.credit} missing"
        item[2] -= 1
        self.earned += price
        coins, self.credit = change(self.credit - price), None
        return " ".join([f"{name}, change", *map(str, coins)])


def classify(text):
    if not text:
        return "empty"
    if re.fullmatch(r"-?\d+(\.\d+)?[eE][+-]?\d+", text):
        return "scientific"
    if m := re.fullmatch(r"-?\d+\.(\d+)", text):
        return f"decimal with {len(m[1])}"
    if m := re.fullmatch(r"-?(\d+)", text):
        return f"integer of {len(m[1])}"
    good = re.match(r"-?(\d+((\.\d*)?((?<=\d)[eE][+-]?\d*)?)?)?", text).end()
    return "unfinished" if good == len(text) else f"wrong at {good}"


def generation(cells, rule):
    n = len(cells)
    return [rule >> (4 * cells[i - 1] + 2 * cells[i] + cells[(i + 1) % n]) & 1 for i in range(n)]


crossing(36000)
lock = 0
for event in ["Push", 7, 9, "Coin", "Push", "Push", "Push", 9, "Coin"]:
    before, lock = lock, turn(lock, event)
    print(lock_text(before), event_text(event), "->", lock_text(lock))

machine = Machine()
inputs = [
    ("Choose", 0), ("Insert", 50), ("Choose", 0), ("Insert", 100), ("Choose", 0), ("Insert", 200),
    ("Choose", 2), ("Choose", 7), ("Choose", 1), ("Insert", 200), ("Choose", 1), ("Insert", 20),
    ("Cancel",), ("Cancel",), ("Insert", 200), ("Insert", 200), ("Insert", 200), ("Insert", 5),
]
for what, *value in inputs:
    text = f"Input.{what}" + (f"({value[0]})" if value else "")
    print(text, "-", machine.handle(what, *value))
stock = ", ".join(str(item[2]) for item in machine.items)
print("earned", machine.earned, "left", stock, f"Vending.Broken({machine.broken})")

for text in ["0", "-12", "3.25", "1e5", "-2.50e-10", "", "-", "4.", "1.2.3", "7e+", "12a", "--1", "1E9"]:
    print(f"[{text}]", classify(text))

seed, lock, counts = 7, 0, [0, 0, 0]
for _ in range(25000):
    seed = (seed * 1664525 + 1013904223) % 2**32
    event = ("Coin", "Push", seed // 1024 % 12)[seed // 65536 % 3]
    counts[0 if lock is None else 1 if lock == 0 else 2] += 1
    lock = turn(lock, event)
print("open, locked, pushed:", ", ".join(map(str, counts)), lock_text(lock))

cells = [0] * 63
cells[31] = 1
for _ in range(14):
    print("".join(".#"[cell] for cell in cells))
    cells = generation(cells, 90)
for _ in range(30):
    cells = generation(cells, 110)
print("alive:", sum(cells))
