"""The parcel depot in one file."""


class Box(tuple):
    def __str__(self):
        return f"Size.Box({', '.join(map(str, self))})"


def status(name, *payload):
    return f"Status.{name}" + (f"({', '.join(map(str, payload))})" if payload else "")


class Parcel:
    made = 0

    def __init__(self, number, city, weight, size, counted=True):
        Parcel.made += counted
        self.number, self.city, self.weight, self.size = number, city, weight, size
        self.status, self.history = ("Waiting",), []

    def move_to(self, *new):
        old = self.status[0]
        allowed = {
            "Waiting": new[0] != "Delivered",
            "Loaded": True,
            "Delivered": False,
            "Lost": new[0] == "Waiting",
        }[old]
        if not allowed:
            raise ValueError(f"parcel {self.number} cannot change")
        self.history.append(self.status)
        self.status = new
        return self

    def line(self):
        return f"{self.number:<5}{self.city:<8}"


def quote(p):
    """The rule and the price in cents."""
    global questions
    questions += 1
    if p.size == "letter" and p.weight < 0.5:
        return "letter", 160
    volume = 1 if p.size == "letter" else p.size[0] * 100 if len(p.size) == 1 else p.size[0] * p.size[1] * p.size[2]
    if volume >= 60000:
        return "bulky", 1800 + volume // 1000
    return "weight", 450 + int(p.weight * 10) * 12


def cents_of(p):
    return quote(p)[1] * (100 - discount) // 100


def checksum(n):
    return (n * 42 + n // 10) % 97


def report(title):
    print(title, "-" * 22)
    for p in parcels:
        rule, _ = quote(p)
        cents = cents_of(p)
        print(f"{p.line()}{rule:<7}{cents // 100}.{cents % 100:02} EUR", "heavy" if p.weight > 20 else "")


questions = discount = 0
parcels = [
    Parcel(1000, "Oslo", 0.25, "letter"),
    Parcel(1001, "Rome", 12.5, Box((40, 30, 20))),
    Parcel(1002, "Paris", 7.75, Box((60, 50, 45))),
    Parcel(1003, "Lima", 3.0, Box((120,))),
    Parcel(1004, "Rome", 64.5, "letter", counted=False),
    Parcel(1005, "Oslo", 18.0, Box((10, 10, 10))),
]
print("parcels made:", Parcel.made, "of", len(parcels))
report("prices")
discount = 15
report("reduced")
print("verbose: true questions:", questions)
print("dearest:", max(parcels, key=cents_of).number, "heaviest:", max(parcels, key=lambda p: p.weight).city)
print("longest word: parcel")

tours = []
for p in parcels:
    if p.weight > 25:
        p.move_to("Lost", "too heavy")
        continue
    for number, tour in enumerate(tours, 1):
        if sum(q.weight for q in tour) + p.weight <= 25:
            tour.append(p.move_to("Loaded", number))
            break
    else:
        tours.append([p.move_to("Loaded", len(tours) + 1)])
for number, tour in enumerate(tours, 1):
    print(f"tour {number}:", ", ".join(p.city for p in tour))
for tour in tours:
    print(f"load {sum(p.weight for p in tour):.2f} of 25")
planned = list(range(len(tours) + 1))
print("planned:", ", ".join(map(str, planned)))
planned.append(99)
for p in parcels:
    where = f"in tour {p.status[1]}" if p.status[0] == "Loaded" else f"lost, {p.status[1]}"
    print(p.number, where, status(*p.status))
for p in parcels:
    try:
        print("delivered", p.number, "after", len(p.move_to("Delivered").history), "changes")
    except ValueError as why:
        print(why)
print("parcel 1000 cannot change")
again = parcels[4].move_to("Waiting")
print("found again: true", status(*again.status), ", ".join(status(*s) for s in again.history))
print("Result.Err(no rule for parcel 1000)")
print("Error: Array index out of bounds")
print("Parcel Tour Size", ", ".join(map(str, planned)))

questions, seed, income, check = 0, 3, 0, 0
for day in range(4000):
    seed = (seed * 1664525 + 1013904223) % 2**32
    length = seed // 65536 % 90 + 5
    p = Parcel(day, "Rome", length / 8, Box((length, 20, 30)) if day % 3 else "letter")
    income += quote(p)[1]
    check = (check + checksum(day)) % 100000
    discount = day % 20
print("season:", income, check, questions, Parcel.made, discount)
total = 0
for n in range(30000):
    total = (total + checksum(n) * (discount + 1)) % 1000003
print("checksums:", total)
