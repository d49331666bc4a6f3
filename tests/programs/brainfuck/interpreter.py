"""The same as interpreter.orus, written independently in Python: regular expressions find the instructions."""

import re
import sys

LIMIT, TAPE = 120000, 256


class Broken(Exception):
    pass


def letter(code):
    return chr(code) if code == 10 or 32 <= code < 127 else f"<{code}>"


def compiled(text):
    """Pairs of a letter and its argument; and how many symbols that saves."""
    open_ones = []
    for m in re.finditer(r"[][]", text):
        if m.group() == "[":
            open_ones.append(m.start())
        elif not open_ones:
            raise Broken(f"] closes nothing (character {m.start()})")
        else:
            open_ones.pop()
    if open_ones:
        raise Broken(f"[ is never closed (character {open_ones[-1]})")
    symbols = re.sub(r"[^-+<>.,[\]]", "", text)
    code = []
    for run in re.findall(r"[<>]+|[-+]+|.", symbols):
        if run[0] in "<>":
            code.append((">", run.count(">") - run.count("<")))
        elif run[0] in "-+":
            code.append(("+", run.count("+") - run.count("-")))
        elif run == "]":
            start = max(i for i, op in enumerate(code) if op == ("[", None))
            code[start:] = loop(code[start + 1:], start)
        else:
            code.append((run, None))
    return code, len(symbols) - len(code)


def loop(body, start):
    if body == [("+", -1)]:
        return [("0", None)]
    if len(body) == 4 and ("+", -1) in (body[0], body[3]):
        move, add, back = body[1:] if body[3] != ("+", -1) else body[:3]
        if (move[0], add[0], back[0]) == (">", "+", ">") and move[1] == -back[1]:
            return [("t", (move[1], add[1]))]
    return [("[", start + 1 + len(body))] + body + [("]", start)]


def show(name, program, data=""):
    try:
        code, saved = compiled(program)
    except Broken as b:
        print(f"{name}: {b}")
        return
    tape, at, pc, steps, output, data = [0] * TAPE, 0, 0, 0, "", iter(data)
    finished = True

    def cell(i):
        if i < 0:
            raise IndexError("Array index must be a non-negative integer")
        return tape[i]

    while pc < len(code):
        steps += 1
        if steps > LIMIT:
            finished = False
            break
        op, argument = code[pc]
        if op == ">":
            at += argument
        elif op == "+":
            tape[at] = (cell(at) + argument) % 256
        elif op == "[" and cell(at) == 0 or op == "]" and cell(at) != 0:
            pc = argument
        elif op == "0":
            tape[at] = 0 * cell(at)
        elif op == "t" and cell(at):
            tape[at + argument[0]] = (cell(at + argument[0]) + tape[at] * argument[1]) % 256
            tape[at] = 0
        elif op == ".":
            output += letter(cell(at))
        elif op == ",":
            tape[at] = ord(next(data, "\0"))
        pc += 1
    print(f"{name}: {output}")
    print(f"  {len(code)} instructions, {saved} symbols saved, {steps} steps {'' if finished else '(stopped)'}")
    print("  tape", ", ".join(map(str, tape[:8])), "at", at)


HELLO = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."
TRIANGLE = "++++++++[>+>++++<<-]>++>>+<[-[>>+<<-]+>>]>+[-<<<[->[+[-]+>++>>>-<<]<[<]>>++++++[<<+++++>>-]+<<++.[-]<<]>.>+[>>]>+]"
REVERSE = ">,[>,]<[.<]"
UPPER = ",[>++++[<-------->-]<.,]"
FIBONACCI = "+++++++++++>+>>>>++++++++++++++++++++++++++++++++++++++++++++>++++++++++++++++++++++++++++++++<<<<<<[>[>>>>>>+>+<<<<<<<-]>>>>>>>[<<<<<<<+>>>>>>>-]<[>++++++++++[-<-[>>+>+<<<-]>>>[<<<+>>>-]+<[>[-]<[-]]>[<<[>>>+<<<-]>>[-]]<<]>>>[>>+>+<<<-]>>>[<<<+>>>-]+<[>[-]<[-]]>[<<+>>[-]]<<<<<<<]>>>>>[++++++++++++++++++++++++++++++++++++++++++++++++.[-]]++++++++++<[->-<]>++++++++++++++++++++++++++++++++++++++++++++++++.[-]<<<<<<<<<<<<[>>>+>+<<<<-]>>>>[<<<<+>>>>-]<-[>>.>.<<<[-]]<<[>>+>+<<<-]>>>[<<<+>>>-]<<[<+>-]>[<+>-]<<<-]"

show("hello", HELLO)
show("triangle", TRIANGLE)
show("fibonacci", FIBONACCI)
show("reverse", REVERSE, "stressed desserts!")
show("upper", UPPER, "orus")
show("wrap", "-.+.")
show("multiply", "+++++[>+++++++<-]>[>+++<-]>.")
show("endless", "+[>+<]")
show("broken", "+[>+[<-]")
show("broken too", "+]")

for number, line in enumerate(sys.stdin, 1):
    program, _, data = line.rstrip("\n").partition("!")
    try:
        show(f"line {number}", program, data)
    except IndexError:
        sys.exit(70)
