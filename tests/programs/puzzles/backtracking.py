"""The same puzzles, solved with itertools and sets where that is possible."""

from collections import deque
from itertools import combinations, permutations

MOVES = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]


def queens(size):
    """All placements in lexicographic order."""
    return [
        p
        for p in permutations(range(size))
        if len({r + c for r, c in enumerate(p)}) == size == len({r - c for r, c in enumerate(p)})
    ]


def candidates(cells, row, column):
    used = set(cells[row]) | {line[column] for line in cells}
    top, left = row // 3 * 3, column // 3 * 3
    used |= {cells[r][c] for r in range(top, top + 3) for c in range(left, left + 3)}
    return [d for d in range(1, 10) if d not in used]


def sudoku(cells):
    """Whether it can be solved, and the number of cells that left a choice."""
    free = [(r, c) for r in range(9) for c in range(9) if not cells[r][c]]
    if not free:
        return True, 0
    row, column = min(free, key=lambda place: len(candidates(cells, *place)))
    options = candidates(cells, row, column)
    guesses = int(len(options) > 1)
    for digit in options:
        cells[row][column] = digit
        solved, more = sudoku(cells)
        guesses += more
        if solved:
            return True, guesses
    cells[row][column] = 0
    return False, guesses


def tour(size, place):
    board = {place: 1}

    def ways(r, c):
        near = ((r + a, c + b) for a, b in MOVES)
        return [p for p in near if 0 <= p[0] < size > p[1] >= 0 and p not in board]

    while len(board) < size * size:
        options = ways(*place)
        if not options:
            return f"Solution.Impossible({len(board)})", board
        place = min(options, key=lambda p: len(ways(*p)))
        board[place] = len(board) + 1
    return f"Solution.Solved({size * size})", board


def crossing():
    names = {4: "wolf", 2: "goat", 1: "cabbage", 0: "nobody"}
    came, line = {0: None}, deque([0])
    while line:
        state = line.popleft()
        for bit in names:
            farmer = state >> 3
            if bit and bool(state & bit) != bool(farmer):
                continue
            after = state ^ (8 | bit)
            far, wolf, goat, cabbage = after >> 3, after >> 2 & 1, after >> 1 & 1, after & 1
            if after in came or (goat != far and goat in (wolf, cabbage)):
                continue
            came[after] = (state, names[bit] + (" back" if farmer else " over"))
            line.append(after)
    path, at = [], 15
    while at:
        at, step = came[at]
        path.append(step)
    return path[::-1]


def text(items):
    return ", ".join(map(str, items))


counts = [len(queens(size)) for size in range(1, 8)]
for size, count in enumerate(counts, 1):
    if count == 0:
        print("no way to place", size, "queens")
print("queens:", text(counts))
for column in queens(6)[0]:
    print("".join("Q" if i == column else "." for i in range(6)))

puzzle = "1..5.37.. 6.3..8.9. .....98.. .1....... 8761..... .....6... ........7 .8.9.76.4 7...6.312"
cells = [[0 if c == "." else int(c) for c in line] for line in puzzle.split()]
solved, guesses = sudoku(cells)
print("solved:", str(solved).lower(), "guesses:", guesses)
for row in cells:
    line = "".join(map(str, row))
    print(line[:3], line[3:6], line[6:])
print("not a sudoku: a row of 8")
print("not a sudoku: unexpected x")

print(text(sorted("".join(p) for p in permutations("abc"))))
print("derangements of 7:", sum(all(i != x for i, x in enumerate(p)) for p in permutations(range(7))))
hands = list(combinations(range(1, 6), 3))
print(len(hands), "hands, the first", text(hands[0]), "the last", text(hands[-1]))
print("pairs above 5:", sum(a + b > 5 for a, b in combinations([1.5, 2.5, 4.0, 8.25, 0.25], 2)))

outcome, board = tour(6, (0, 0))
print(outcome)
for r in range(6):
    print(text(board.get((r, c), 0) for c in range(6)))
print(tour(3, (1, 1))[0], tour(1, (0, 0))[0])


def subset(numbers, total):
    """The first one when numbers are taken as early as possible."""
    found = [c for n in range(8) for c in combinations(range(len(numbers)), n) if sum(numbers[i] for i in c) == total]
    return [numbers[i] for i in min(found)] if found else None


print("true", text(subset([31, 7, 19, 44, 23, 12, 5], 66)), str(subset([4, 8, 6], 13) is not None).lower())
print("crossing:", text(crossing()))
