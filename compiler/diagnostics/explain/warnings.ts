/** Explanations of warnings. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const WARNINGS = {
  W0001: {
    text: "Nothing reads this variable, parameter or constant, or nothing calls this function. Giving a variable values does not count as use. Remove it, or begin its name with `_` to say that this is meant; what is `pub` is for others to use.",
    wrong: `
fn area(width: i32, height: i32) -> i32:
    return width * width
print(area(2, 3))
`,
    right: `
fn area(width: i32, height: i32) -> i32:
    return width * height
print(area(2, 3))
`,
  },
  W0002: {
    text: "The statement before always leaves the block (`return`, `break`, `continue`, or an `if` with `else` all of whose arms do), so this one never runs.",
    wrong: `
fn double(n: i32) -> i32:
    return n * 2
    print("doubled")
print(double(4))
`,
    right: `
fn double(n: i32) -> i32:
    print("doubled")
    return n * 2
print(double(4))
`,
  },
  W0003: {
    text: "The expression computes a value, nothing uses the value, and computing it does nothing else. Perhaps `=` was meant instead of `==`, or a function was not called.",
    wrong: `
mut n = 1
n += 1
n == 3
print(n)
`,
    right: `
mut n = 1
n += 1
n = 3
print(n)
`,
  },
  W0004: {
    text: "The declaration hides a name of an outer scope, which keeps its value. `mut x = ...` and `x: T = ...` always declare; `x = ...` assigns to the outer variable. A loop variable that hides one of the same function, and a loop label inside a loop of the same label, are reported too; parameters are not.",
    wrong: `
mut total = 0
for i in 0..3:
    mut total = i
    total += 1
    print(total)
total += 1
print(total)
`,
    right: `
mut total = 0
for i in 0..3:
    total += i
print(total)
`,
  },
  W0005: {
    text: "The variable keeps its first value, so it needs no `mut`. A reader of `mut` looks for the place where the value changes. Changing elements or fields of what it holds needs no `mut`.",
    wrong: `
mut width = 3
print(width * width)
`,
    right: `
width = 3
print(width * width)
`,
  },
  W0006: {
    text: "The operands are constants, and with them the operation fails each time it is executed: a division by zero, a result that does not fit its type, a cast without a result, a step of zero. Inside `try` nothing is said.",
    wrong: `
PARTS := 0
print(10 / PARTS)
`,
    right: `
PARTS := 5
print(10 / PARTS)
`,
  },
  W0007: {
    text: "The loop has no `break`, no `return`, and calls nothing that could end it, so it runs until the program is stopped from outside.",
    wrong: `
while true:
    print("tick")
`,
    right: `
mut n = 0
while true:
    print("tick")
    n += 1
    if n == 3:
        break
`,
  },
  W0008: {
    text: "Each operation on floats rounds its result, so two ways to compute the same number rarely give exactly the same: `0.1 + 0.2` is `0.30000000000000004`. Test whether the difference is small. Nothing is said about comparisons with zero and between values that were not computed.",
    wrong: `
total = 0.1 + 0.2
print(total == 0.3)
`,
    right: `
total = 0.1 + 0.2
difference = total - 0.3
print(difference < 1e-9 and difference > -1e-9)
`,
  },
  W0009: {
    text: "Each round of a `for` has a variable of its own, with the next value of the range. Assigning to it changes the rest of the round and never the course of the loop; here nothing in the rest of the round reads it. To skip rounds, use `continue`, a step, or `while`.",
    wrong: `
for i in 0..10:
    print(i)
    i += 1
`,
    right: `
for i in 0..10..2:
    print(i)
`,
  },
} satisfies Partial<Record<Code, Entry>>;
