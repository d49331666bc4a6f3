"""The same as records.orus, written independently in Python: sort keys in place of comparators."""

from itertools import groupby


class Student:
    def __init__(self, name, group, born, outcome, points=0, reason=""):
        self.name, self.group, self.born = name, group, born
        self.outcome, self.points, self.reason = outcome, points, reason

    def grade(self):
        if self.outcome == "Passed":
            return f"Grade.Passed({self.points})"
        if self.outcome == "Failed":
            return f"Grade.Failed({self.points}, {self.reason})"
        return "Grade.Absent"

    def describe(self):
        head = f"{self.name} ({self.group}, {self.born})"
        if self.outcome == "Passed":
            return f"{head} passed with {self.points}"
        if self.outcome == "Failed":
            return f"{head} failed: {self.reason}"
        return f"{head} was absent"


RANK = {"Passed": 0, "Failed": 1, "Absent": 2}


def names(students):
    return " ".join(s.name for s in students)


def summaries(students):
    for group, members in groupby(students, key=lambda s: s.group):
        members = list(members)
        passed = [s for s in members if s.outcome == "Passed"]
        best, best_points = "nobody", 0
        for s in passed:
            if s.points > best_points:
                best, best_points = s.name, s.points
        yield group, len(members), len(passed), sum(s.points for s in members), best


roster = [
    Student("Noor", "B", 2001, "Passed", 71),
    Student("Ada", "A", 1999, "Passed", 98),
    Student("Tom", "C", 2000, "Absent"),
    Student("Ida", "A", 2001, "Failed", 31, "too few points"),
    Student("Max", "B", 1999, "Passed", 85),
    Student("Eve", "B", 2000, "Failed", 49, "one point short"),
    Student("Bob", "A", 2000, "Passed", 85),
    Student("Lea", "C", 2001, "Failed", 0, "caught cheating"),
]

print("as entered:", names(roster))
print("by name:   ", names(sorted(roster, key=lambda s: s.name)))
print("by age:    ", names(sorted(roster, key=lambda s: s.born)))
print("by points: ", names(sorted(roster, key=lambda s: -s.points)))
print("by outcome:", names(sorted(roster, key=lambda s: (RANK[s.outcome], -s.points, s.name))))

once = sorted(roster, key=lambda s: (s.group, s.name))
twice = sorted(sorted(roster, key=lambda s: s.name), key=lambda s: s.group)
print("stable:", str(names(once) == names(twice)).lower())
for s in once:
    if s.born > 1999:
        print(" ", s.describe())
for group, size, passed, total, best in summaries(once):
    print(f"group {group}: {passed} of {size} passed, mean {total / size:.2f}, best {best}")


def cell(value):
    if isinstance(value, str):
        return value.ljust(6)
    if isinstance(value, bool):
        return "(bool)"
    return str(int(value)).rjust(6)


def row(*cells):
    return "|" + "".join(cell(c) + "|" for c in cells)


print(row("group", True, 2026, 8.25))
for group, size, passed, total, best in summaries(once):
    print(row(group, best) + row(passed, total))
print(row("(Grade)"), 3 + 4 + 5)
print("Error: Expected i32, got string / type error Expected i32, got string")
print(roster[5].grade(), "true", "true", "false")

print("1, 2, 3", "apple, fig, pear", "2.5, 0.25, -1")

seed = 12345


def draw(limit):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**32
    return (seed >> 16) % limit


LETTERS = "abcdefghijklmnopqrstuvwxyz"
crowd = []
for _ in range(800):
    name = "".join(LETTERS[draw(26)] for _ in range(3))
    group = LETTERS[draw(4)]
    born = 1990 + draw(10)
    crowd.append(Student(name, group, born, "Passed", draw(101)))
crowd.sort(key=lambda s: (s.group, -s.points, s.born, s.name))
print(len(crowd), "students,", 0, "out of order")
for s in crowd[:5]:
    print(f"  {s.name}, {s.group}, {s.born}, {s.grade()}")
for group, size, passed, total, best in summaries(crowd):
    print(" ", group, size, total, best)
