"""The stack machine again, over tuples of strings."""

import operator

LIMIT = 2**63
OPERANDS = {"push": 1, "load": 1, "store": 1, "jump": 1, "unless": 1, "call": 2}
PLAIN = "add sub mul div mod less same not dup ret print halt".split()
BINARY = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": lambda a, b: abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1),
    "mod": lambda a, b: abs(a) % abs(b) * (-1 if a < 0 else 1),
    "less": lambda a, b: int(a < b),
    "same": lambda a, b: int(a == b),
}


class Trap(Exception):
    pass


def assemble(lines):
    rows = [line.split(";")[0].split() for line in lines]
    labels, count = {}, 0
    for row in rows:
        if row and row[0].endswith(":"):
            labels[row[0][:-1]] = count
        elif row:
            count += 1
    code = []
    for number, row in enumerate(rows, 1):
        if not row or row[0].endswith(":"):
            continue
        name, *rest = row
        if name not in OPERANDS and name not in PLAIN:
            raise Trap(f"line {number}: unknown instruction {name}")
        try:
            jumps = name in ("jump", "unless", "call")
            values = [labels[w] if jumps and i == 0 and w in labels else int(w) for i, w in enumerate(rest)]
            assert len(values) >= OPERANDS.get(name, 0)
        except (ValueError, AssertionError):
            raise Trap(f"line {number}: bad operand of {name}") from None
        code.append((name, *values))
    return code


def run(code, fuel, stack, output):
    frames, pc, steps = [(-1, [0] * 8)], 0, 0
    while steps < fuel:
        if not 0 <= pc < len(code):
            raise Trap(f"no code at {pc}")
        at, (name, *operands) = pc, code[pc]
        pc += 1
        steps += 1
        slots = frames[-1][1]
        needed = 2 if name in BINARY else operands[1] if name == "call" else name in ("store", "dup", "unless", "print", "not")
        if name in ("load", "store") and not 0 <= operands[0] < 8:
            raise Trap(f"no slot {operands[0]} at {at}")
        if len(stack) < needed:
            raise Trap(f"stack underflow at {at}")
        match name:
            case "push":
                stack.append(operands[0])
            case "load":
                stack.append(slots[operands[0]])
            case "store":
                slots[operands[0]] = stack.pop()
            case "dup":
                stack.append(stack[-1])
            case "jump":
                pc = operands[0]
            case "unless":
                if stack.pop() == 0:
                    pc = operands[0]
            case "call":
                split = len(stack) - operands[1]
                frames.append((pc, stack[split:] + [0] * (8 - operands[1])))
                del stack[split:]
                pc = operands[0]
            case "ret":
                pc, _ = frames.pop()
                if not frames:
                    return steps
            case "print":
                output.append(stack.pop())
            case "halt":
                return steps
            case "not":
                stack.append(int(stack.pop() == 0))
            case _:
                right, left = stack.pop(), stack.pop()
                try:
                    value = BINARY[name](left, right)
                except ZeroDivisionError:
                    raise Trap(f"arithmetic error at {at}") from None
                if not -LIMIT <= value < LIMIT:
                    raise Trap(f"arithmetic error at {at}")
                stack.append(value)
    raise Trap(f"out of fuel after {steps}")


def execute(name, source, fuel):
    try:
        code = assemble(source)
    except Trap as problem:
        print(f"{name}: {problem}")
        return
    stack, output = [], []
    try:
        outcome = f"halted after {run(code, fuel, stack, output)}"
    except Trap as trap:
        outcome = str(trap)
    listed = [", ".join(map(str, values)) for values in (stack, output)]
    print(f"{name}: {outcome}, stack [ {listed[0]} ] output [ {listed[1]} ]")


def lines(text):
    return [part.strip() for part in text.split("/")]


execute("factorial", lines("""push 12/call factorial 1/print/push 20/call factorial 1/print/halt/factorial:/load 0/
push 2/less/unless more/push 1/ret/more:/load 0/load 0/push 1/sub/call factorial 1/mul/ret"""), 1000)
execute("primes", lines("""push 2/store 0/outer:/load 0/push 40/less/unless end/push 2/store 1/inner:/load 1/load 1/mul/
load 0/push 1/add/less/unless prime/load 0/load 1/mod/unless next/load 1/push 1/add/store 1/jump inner/prime:/load 0/
print/next:/load 0/push 1/add/store 0/jump outer/end:/halt"""), 10000)
execute("fibonacci", lines("""push 17/call fib 1/print/halt/fib:/load 0/push 2/less/unless deep/load 0/ret/deep:/load 0/
push 1/sub/call fib 1/load 0/push 2/sub/call fib 1/add/ret"""), 100000)
execute("collatz", lines("""push 27/store 0/again:/load 0/push 1/same/not/unless done/load 1/push 1/add/store 1/load 0/
push 2/mod/unless even/load 0/push 3/mul/push 1/add/store 0/jump again/even:/load 0/push 2/div/store 0/jump again/done:/
load 1/print/load 1/ret"""), 5000)
execute("loop", ["a:", "jump a"], 20000)
execute("underflow", ["push 1", "add"], 10)
execute("zero", ["push 7", "dup", "print", "push 0", "div"], 10)
execute("overflow", ["push 1", "a:", "push 1000", "mul", "jump a"], 100)
execute("slot", ["push 1", "store 8"], 10)
execute("end", ["push 5", "unless 99"], 10)
execute("nowhere", ["push 1", "jump 42"], 10)
execute("unknown", ["push 1", "", "  ; nothing", "pusch 2"], 10)
execute("operand", ["push", "halt"], 10)
execute("label", ["push 1", "jump nowhere"], 10)
print("Op.Call(3, 2) true false")
