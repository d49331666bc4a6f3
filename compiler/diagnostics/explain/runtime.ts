/** Explanations of run-time errors about numbers, texts, arrays and limits. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const RUNTIME = {
  E0001: {
    text: "The divisor is 0. That holds for floats too: Orus does not give infinity there.",
    wrong: `
parts = 0
print(10 / parts)
`,
    right: `
parts = 0
print(10 / parts if parts != 0 else 0)
`,
  },
  E0006: {
    text: "The right side of `%` is 0, for integers or floats.",
    wrong: `
size = 0
print(10 % size)
`,
    right: `
size = 4
print(10 % size)
`,
  },
  E0004: {
    text: "The result does not fit the signed type of the operands. `i32` ends at 2147483647, `i64` at 9223372036854775807. Convert the operands to a wider type before the operation; unsigned types wrap around instead.",
    wrong: `
n = 2000000000
print(n + n)
`,
    right: `
n = 2000000000
wide = n as i64
print(wide + wide)
`,
  },
  E0007: {
    text: "The value has no counterpart in the type that it is cast to. Between integers of the same width, and from `i64` to `i32`, casts wrap; the others, and those from floats, fail.",
    wrong: `
n = -1
print(n as u64)
`,
    right: `
n = -1
print((n + 1) as u64)
`,
  },
  E0002: {
    text: "There is no element at this index. The first one has index 0, the last one the length less 1; there are no negative indexes.",
    wrong: `
days = ["mon", "tue", "wed"]
print(days[3])
`,
    right: `
days = ["mon", "tue", "wed"]
print(days[len(days) - 1])
`,
  },
  E0015: {
    text: "A bound of the slice is negative or beyond the end, the end comes before the start, or the step is not positive. `a[i..j]` goes from i up to, not including, j.",
    wrong: `
xs = [1, 2, 3, 4]
print(xs[1..9])
`,
    right: `
xs = [1, 2, 3, 4]
print(xs[1..len(xs)])
`,
  },
  E0010: {
    text: "`int` and `float` read a number from a text and found none, or one that does not fit; `int` of a float needs a whole number.",
    wrong: `
print(int("4two"))
`,
    right: `
print(int("42"))
`,
  },
  E0011: {
    text: "`pop` takes the last element of an array; the array has none.",
    wrong: `
queue: [i32] = []
print(pop(queue))
`,
    right: `
queue = [7]
if len(queue) > 0:
    print(pop(queue))
`,
  },
  E0012: {
    text: "A range whose step is 0 would never end. Test a computed step before the loop.",
    wrong: `
fn down(step: i32):
    for i in 3..0..step:
        print(i)
down(0)
`,
    right: `
fn down(step: i32):
    for i in 3..0..step:
        print(i)
down(-1)
`,
  },
  E0013: {
    text: "What the program asserts is not so. The message shows both values of `assert_eq`, or the text given to `assert`.",
    wrong: `
assert_eq("product", 2 * 3, 7)
`,
    right: `
assert_eq("product", 2 * 3, 6)
`,
  },
  E0014: {
    text: "`input()` wants a line and standard input has ended. Catch the error to read as many lines as there are.",
    wrong: `
print(input())
`,
    right: `
try:
    print(input())
catch:
    print("no input")
`,
  },
  E0016: {
    text: "`sorted` needs elements that have an order, all of one type: numbers, texts, bools. Structs and arrays have none of their own.",
    wrong: `
struct P:
    x: i32
p = P{ x: 1 }
print(sorted([p, p]))
`,
    right: `
struct P:
    x: i32
p = P{ x: 1 }
print(sorted([p.x, 0]))
`,
  },
  E0017: {
    text: "An array or a text cannot be repeated a negative number of times, nor so often that the result is too large.",
    wrong: `
n = -2
print([1, 2] * n)
`,
    right: `
n = 2
print([1, 2] * n)
`,
  },
  E0018: {
    text: "The variable is declared in branches only, or further down, and is read before any of that ran. Give it a value first.",
    wrong: `
f()
n = 3
fn f():
    print(n)
`,
    right: `
n = 3
fn f():
    print(n)
f()
`,
  },
  E0019: {
    text: "A value of type `any` holds another type than is needed here, or one that the operator does not take. `istype` and `typeof` tell which it holds.",
    wrong: `
v: any = "text"
n: i32 = v
print(n)
`,
    right: `
v: any = 3
n: i32 = v
print(n)
`,
  },
  E0008: {
    text: "Calls are nested deeper than `--max-recursion` allows, 10 000 by default. Most often a recursive function never reaches the case that ends it.",
    wrong: `
fn sum(n: i32) -> i32:
    return n + sum(n - 1)
print(sum(10))
`,
    right: `
fn sum(n: i32) -> i32:
    if n == 0:
        return 0
    return n + sum(n - 1)
print(sum(10))
`,
  },
  E0009: {
    text: "The program needs more memory than there is, or than `--max-heap` allows.",
    wrong: {
      text: `
mut s = "0123456789"
while true:
    s += s
    if len(s) < 0:
        break
`,
      options: ["--max-heap=1M"],
    },
    right: `
mut s = "0123456789"
while len(s) < 100:
    s += s
print(len(s))
`,
  },
  E0022: {
    text: "The amount of a shift is negative, or not below the width of the type: 32 or 64.",
    wrong: `
amount = 40
print(1 << amount)
`,
    right: `
amount = 4
print(1 << amount)
`,
  },
  E0023: {
    text: "An integer to a negative power is no integer. Use floats.",
    wrong: `
n = -2
print(2 ** n)
`,
    right: `
n = 2
print(2 ** n)
`,
  },
  E0040: {
    text: "The run took longer than `--max-time` allows, or more loop rounds and calls than `--fuel`. No `catch` sees this error.",
    wrong: {
      text: `
mut n: i64 = 0
while n >= 0:
    n = 1 - n
`,
      options: ["--fuel=1000"],
    },
    right: {
      text: `
mut n: i64 = 0
while n < 100:
    n += 1
print(n)
`,
      options: ["--fuel=1000"],
    },
  },
  E9001: {
    text: "A mistake in Orus itself, not in the program. Please report it with the program and the version that is printed. Often a small change of the program goes round it.",
    wrong: { prompt: "orus run report.orus" },
    right: { prompt: "orus version" },
  },
} satisfies Partial<Record<Code, Entry>>;
