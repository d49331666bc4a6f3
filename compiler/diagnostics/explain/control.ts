/** Explanations of errors about control flow and matching. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const CONTROL = {
  E1401: {
    text: "`break` leaves the innermost loop; there is none around it. A function is no part of a loop that it is written in: `return` leaves a function.",
    wrong: `
n = 3
if n > 2:
    break
print(n)
`,
    right: `
for n in 0..9:
    if n > 2:
        break
    print(n)
`,
  },
  E1402: {
    text: "`continue` begins the next round of the innermost loop; there is none around it. A function is no part of a loop that it is written in: `return` leaves a function.",
    wrong: `
n = 3
if n > 2:
    continue
print(n)
`,
    right: `
for n in 0..5:
    if n == 2:
        continue
    print(n)
`,
  },
  E1403: {
    text: "Conditions are of type `bool`. No other value counts as true or false: compare a number with 0, the length of a text or array with 0.",
    wrong: `
n = 3
if n:
    print("some")
`,
    right: `
n = 3
if n != 0:
    print("some")
`,
  },
  E1404: {
    text: "The bounds and the step of a range are integers, and the step is not 0. To go by fractions, count in integers and divide.",
    wrong: `
for x in 0..1..0.25:
    print(x)
`,
    right: `
for i in 0..4:
    print((i as f64) / 4.0)
`,
  },
  E1410: {
    text: "A `match` over an enum or bools handles every case; one whose value is used handles every value that can come. The cases that are missing are listed. An arm with a guard may not fit, so it does not count; `_ ->` takes whatever is left.",
    wrong: `
enum Light:
    Red
    Amber
    Green
now = Light.Red
match now:
    Light.Red -> print("stop")
    Light.Green -> print("go")
`,
    right: `
enum Light:
    Red
    Amber
    Green
now = Light.Red
match now:
    Light.Red -> print("stop")
    Light.Amber -> print("wait")
    Light.Green -> print("go")
`,
  },
  E1411: {
    text: "An earlier arm handles this case already, so this one would never run. Perhaps another case was meant.",
    wrong: `
code = 404
match code:
    200 -> print("ok")
    200 -> print("missing")
    _ -> print("other")
`,
    right: `
code = 404
match code:
    200 -> print("ok")
    404 -> print("missing")
    _ -> print("other")
`,
  },
  E1412: {
    text: "`break 'name` and `continue 'name` refer to a loop around them that is labelled `'name:`. There is no such loop.",
    wrong: `
'rows: for i in 0..3:
    for j in 0..3:
        if i * j == 2:
            break 'row
        print(i, j)
`,
    right: `
'rows: for i in 0..3:
    for j in 0..3:
        if i * j == 2:
            break 'rows
        print(i, j)
`,
  },
  E1415: {
    text: "Arms are tried from the top. The arm above takes everything (`_` without a guard, a `catch` without a type), so this one is never tried. Put the one that takes everything last.",
    wrong: `
n = 5
match n:
    1 -> print("one")
    _ -> print("other")
    5 -> print("five")
`,
    right: `
n = 5
match n:
    1 -> print("one")
    5 -> print("five")
    _ -> print("other")
`,
  },
  E1416: {
    text: "A `finally` suite runs however its `try` is left, also by an error or a `return`, which would be forgotten if the suite itself could leave. Put the `return`, `break` or `continue` after the statement.",
    wrong: `
fn f() -> i32:
    try:
        print("work")
    finally:
        return 2
print(f())
`,
    right: `
fn f() -> i32:
    try:
        print("work")
    finally:
        print("done")
    return 2
print(f())
`,
  },
  E1417: {
    text: "The body of an arm must find the same names whichever alternative of its pattern fits. All alternatives bind the same names with the same types.",
    wrong: `
enum Shape:
    Circle(r: i32)
    Box(w: i32)
fn size(s: Shape) -> i32:
    return match s:
        Shape.Circle(r) | Shape.Box(w) -> 1
print(size(Shape.Box(2)))
`,
    right: `
enum Shape:
    Circle(r: i32)
    Box(w: i32)
fn size(s: Shape) -> i32:
    return match s:
        Shape.Circle(n) | Shape.Box(n) -> n
print(size(Shape.Box(2)))
`,
  },
  E1418: {
    text: "`yield value` makes a function a generator: it gives its values one by one. At module level and in `spawn:` there is nobody to give a value to. `yield` alone, which lets other oroutines run, may stand anywhere.",
    wrong: `
yield 5
`,
    right: `
fn values() -> Gen[i32]:
    yield 5
for v in values():
    print(v)
`,
  },
  E1414: {
    text: "A function with a result returns one on every path. On the path that is shown control reaches the end of the function without a value. The last expression of the body counts as a result.",
    wrong: `
fn sign(n: i32) -> i32:
    if n > 0:
        return 1
    elif n < 0:
        return -1
print(sign(3))
`,
    right: `
fn sign(n: i32) -> i32:
    if n > 0:
        return 1
    elif n < 0:
        return -1
    return 0
print(sign(3))
`,
  },
} satisfies Partial<Record<Code, Entry>>;
