/** Explanations of type errors of values, operators, calls and literals. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const TYPES = {
  E2001: {
    text: "A value stands where another type is needed: by an annotation, a parameter, a field, the declared result, the type that a variable has. Nothing is converted silently; `as` converts between numbers and to text, `int(...)` and `float(...)` read numbers from text.",
    wrong: `
label = "large"
size: i32 = label
print(size)
`,
    right: `
label = "large"
size: string = label
print(size)
`,
  },
  E2002: {
    text: "Values that have to share one type do not: the elements of an array, the arms of a `match`, both sides of an inline `if`, the results of a function that does not declare one.",
    wrong: `
n = 3
size = "large" if n > 2 else 0
print(size)
`,
    right: `
n = 3
size = "large" if n > 2 else "small"
print(size)
`,
  },
  E2003: {
    text: "There is no type of this name. The built-in ones are `i32`, `i64`, `u32`, `u64`, `f64`, `bool`, `string` and `any`; others are declared by `struct`, `enum`, `trait` and `type`, or imported.",
    wrong: `
n: int = 3
print(n)
`,
    right: `
n: i32 = 3
print(n)
`,
  },
  E2004: {
    text: "Both operands of `+ - * / %` have the same numeric type. Orus does not choose one for you: convert one side with `as`. Literals take the type of the other side by themselves, and comparisons are allowed between any two numeric types.",
    wrong: `
n = 3
share = 0.5
print(n * share)
`,
    right: `
n = 3
share = 0.5
print((n as f64) * share)
`,
  },
  E2005: {
    text: "`as` converts between numbers, from and to `bool`, and to `string`. A text is read with `int(...)` or `float(...)`; of a struct or an array take the part that is meant.",
    wrong: `
text = "12"
print(text as i32)
`,
    right: `
n = 12.5
print(n as i32)
`,
  },
  E2006: {
    text: "Nothing says what type this has: an empty array, map or set has no elements, `None` no value, and a recursive function without a declared result only depends on itself. Write the type.",
    wrong: `
fn down(n: i32):
    return down(n - 1)
print(down(3))
`,
    right: `
fn down(n: i32) -> i32:
    if n == 0:
        return 0
    return down(n - 1)
print(down(3))
`,
  },
  E2007: {
    text: "The operator has no meaning for operands of these types. `+` joins two texts, so convert the other operand to `string`; `and`, `or`, `not` take bools; values of unrelated types are never equal; bools have no order.",
    wrong: `
n = 3
print("n is " + n)
`,
    right: `
n = 3
print("n is", n)
`,
  },
  E2009: {
    text: "The call has more or fewer arguments than the function, method or variant has parameters.",
    wrong: `
fn area(width: i32, height: i32) -> i32:
    return width * height
print(area(2))
`,
    right: `
fn area(width: i32, height: i32) -> i32:
    return width * height
print(area(2, 3))
`,
  },
  E2013: {
    text: "Only functions can be called, and this value is none. Perhaps an operator is missing before the parenthesis, or a variable hides the function.",
    wrong: `
n = 3
print(n(4))
`,
    right: `
n = 3
print(n * 4)
`,
  },
  E2014: {
    text: "Elements are taken from arrays, texts, maps and tuples, by an index that is an integer (for a map: a key).",
    wrong: `
xs = [1, 2, 3]
print(xs["first"])
`,
    right: `
xs = [1, 2, 3]
print(xs[0])
`,
  },
  E2015: {
    text: "A `for` goes over a range, an array, a text, a map, a set and what has iterators. A number is none of these: to count, write a range.",
    wrong: `
for i in 3:
    print(i)
`,
    right: `
for i in 0..3:
    print(i)
`,
  },
  E2019: {
    text: "The function has no result, so its call has no value that could be used, printed or thrown.",
    wrong: `
fn hello():
    print("hello")
x = hello()
print(x)
`,
    right: `
fn hello() -> string:
    return "hello"
x = hello()
print(x)
`,
  },
  E2020: {
    text: "The literal, with its sign, does not fit the type that is asked for. `i32` holds -2147483648 to 2147483647, `u32` 0 to 4294967295; `i64` and `u64` hold about nineteen digits.",
    wrong: `
n: i32 = 3000000000
print(n)
`,
    right: `
n: i64 = 3000000000
print(n)
`,
  },
  E2021: {
    text: "An array type with a length (`[i32, 4]`) is about exactly that many elements, and the length is a literal or a constant.",
    wrong: `
xs: [i32, 4] = [1, 2, 3]
print(xs)
`,
    right: `
xs: [i32, 3] = [1, 2, 3]
print(xs)
`,
  },
  E2025: {
    text: "Keys of maps and elements of sets are integers, bools, texts, and tuples and enums of such; a struct needs `Eq` and `Hash`. Floats are not allowed: NaN equals nothing, and rounding makes equal numbers differ.",
    wrong: `
prices = {1.5: "a"}
print(prices)
`,
    right: `
prices = {"1.5": "a"}
print(prices)
`,
  },
  E2031: {
    text: "The tuple has another number of elements than there are targets, or names in the pattern; or a constant index is beyond its end.",
    wrong: `
a, b, c = (1, 2)
print(a, b, c)
`,
    right: `
a, b = (1, 2)
print(a, b)
`,
  },
  E2032: {
    text: "`mut name[N]: T` makes an array of N zeros, which only numbers, `bool` and `string` have. Give the elements of other types a value by a fill, `[value, N]`.",
    wrong: `
struct P:
    x: i32
mut ps[3]: P
print(len(ps))
`,
    right: `
struct P:
    x: i32
ps = [P{ x: 0 }, 3]
print(len(ps))
`,
  },
  E2033: {
    text: "A host function takes and returns integers, `f64`, `bool`, `string` and arrays of numbers. Other values have no form outside of Orus: take them apart first.",
    wrong: `
extern "orus.test":
    fn show(m: {string: i32}) -> i32
print(show({"a": 1}))
`,
    right: `
extern "orus.test":
    fn add(a: i32, b: i32) -> i32
print(add(2, 3))
`,
  },
} satisfies Partial<Record<Code, Entry>>;
