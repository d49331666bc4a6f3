"""The same contest as main.orus and its modules, written independently in Python."""

N = 160
SEED = 20240607
state = SEED
drawn = 0


def restart():
    global state, drawn
    state, drawn = SEED, 0


def below(limit):
    global state, drawn
    state = (state * 2862933555777941757 + 3037000493) % 2**64
    drawn += 1
    return (state >> 32) % limit


def swap(xs, i, j):
    xs[i], xs[j] = xs[j], xs[i]


def bubble(xs, ordered):
    last = len(xs) - 1
    while last > 0:
        exchanged = 0
        for i in range(last):
            if not ordered(xs[i], xs[i + 1]):
                swap(xs, i, i + 1)
                exchanged = i
        last = exchanged


def selection(xs, ordered):
    for i in range(len(xs)):
        least = i
        for j in range(i + 1, len(xs)):
            if not ordered(xs[least], xs[j]):
                least = j
        swap(xs, i, least)


def comb(xs, ordered):
    gap, busy = len(xs), True
    while busy or gap > 1:
        gap = max(1, gap * 10 // 13)
        busy = False
        for i in range(len(xs) - gap):
            if not ordered(xs[i], xs[i + gap]):
                swap(xs, i, i + gap)
                busy = True


def tree(xs, ordered):
    root = None
    for x in xs:
        node = [None, x, None]
        if root is None:
            root = node
            continue
        at = root
        while True:
            side = 2 if ordered(at[1], x) else 0
            if at[side] is None:
                at[side] = node
                break
            at = at[side]
    result, stack, at = [], [], root
    while stack or at:
        while at:
            stack.append(at)
            at = at[0]
        at = stack.pop()
        result.append(at[1])
        at = at[2]
    xs[:] = result


def natural(xs, ordered):
    runs = []
    for x in xs:
        if runs and ordered(runs[-1][-1], x):
            runs[-1].append(x)
        else:
            runs.append([x])
    while len(runs) > 1:
        fewer = []
        for k in range(0, len(runs), 2):
            if k + 1 == len(runs):
                fewer.append(runs[k])
                break
            a, b, i, j, result = runs[k], runs[k + 1], 0, 0, []
            while i < len(a) or j < len(b):
                if j == len(b) or (i < len(a) and ordered(a[i], b[j])):
                    result.append(a[i])
                    i += 1
                else:
                    result.append(b[j])
                    j += 1
            fewer.append(result)
        runs = fewer
    if runs:
        xs[:] = runs[0]


def hasty(xs, ordered):
    for i in range(len(xs) - 1):
        if not ordered(xs[i], xs[i + 1]):
            swap(xs, i, i + 1)


def careless(xs, ordered):
    for i in range(len(xs)):
        if i + 1 == len(xs):
            raise IndexError("Array index out of bounds")
        if not ordered(xs[i], xs[i + 1]):
            return


def judge(sort, numbers):
    steps = 0

    def ordered(a, b):
        nonlocal steps
        steps += 1
        return a <= b

    xs = list(numbers)
    try:
        sort(xs, ordered)
    except IndexError as e:
        print("  ", sort.__name__.ljust(10), f"Error: {e}")
        return ("crashed",)
    for i, (found, expected) in enumerate(zip(xs, sorted(numbers))):
        if found != expected:
            return ("wrong", i, expected, found)
    return ("fine", steps)


def cell(outcome):
    if outcome[0] == "fine":
        return str(outcome[1])
    if outcome[0] == "wrong":
        return f"[{outcome[1]}] is {outcome[3]}, not {outcome[2]}"
    return "crashed"


def many(make):
    restart()
    return [make(i) for i in range(N)]


kinds = {
    "random": many(lambda i: -500 + below(1001)),
    "ascending": many(lambda i: i * 3),
    "nearly": many(lambda i: i + below(4)),
    "few": many(lambda i: below(3)),
    "organ pipe": many(lambda i: i if i < N // 2 else N - i),
}
sorts = [bubble, selection, comb, tree, natural, hasty, careless]

everything = []
for kind, numbers in kinds.items():
    print(f"{kind}:", ", ".join(map(str, numbers[:6])), "...")
    lines = [(sort.__name__, judge(sort, numbers)) for sort in sorts]
    everything += [(name, kind, outcome) for name, outcome in lines]
    print(f"results for {kind}")
    for name, outcome in lines:
        print("  " + name.ljust(10) + kind.ljust(12) + cell(outcome))
    print(f"  {len(lines)} lines, {sum(o[1] for _, o in lines if o[0] == 'fine')} steps in all")

count = {w: sum(1 for _, _, o in everything if o[0] == w) for w in ("fine", "crashed", "wrong")}
print(f"{len(everything)} runs: {count['fine']} fine, {count['crashed']} crashed, {count['wrong']} wrong")
for kind in kinds:
    least, _, best = min((o[1], i, n) for i, (n, k, o) in enumerate(everything) if k == kind and o[0] == "fine")
    print(f"best for {kind}: {best} with {least}")
print("drawn since the last restart:", drawn, "seed", SEED)
w = everything[5][2]
print(f"Outcome.Wrong({w[1]}, {w[2]}, {w[3]})", below(1000), 1)
