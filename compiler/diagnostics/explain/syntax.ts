/** Explanations of syntax errors. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const SYNTAX = {
  E1001: {
    text: "The word or sign cannot stand where it stands. The message names what was expected there. Often something before it is missing, or belongs to another language.",
    wrong: `
for i 0..3:
    print(i)
`,
    right: `
for i in 0..3:
    print(i)
`,
  },
  E1002: {
    text: "The line that begins a block ends with a colon: `if`, `elif`, `else`, `while`, `for`, `fn`, `struct` and the like. The block follows in indented lines, or on the same line after the colon.",
    wrong: `
n = 3
if n > 2
    print("large")
`,
    right: `
n = 3
if n > 2:
    print("large")
`,
  },
  E1003: {
    text: "A `(` is never closed. Between brackets line ends mean nothing, so everything that follows was read as a part of them; the message stands at the opening bracket.",
    wrong: `
print((1 + 2) * 3
`,
    right: `
print((1 + 2) * 3)
`,
  },
  E1004: {
    text: "A `{` is never closed. Between brackets line ends mean nothing, so everything that follows was read as a part of them; the message stands at the opening brace.",
    wrong: `
struct Point:
    x: i32
p = Point{ x: 1
print(p.x)
`,
    right: `
struct Point:
    x: i32
p = Point{ x: 1 }
print(p.x)
`,
  },
  E1005: {
    text: "The file ends where more has to come, such as the block of its last line, and no bracket is to blame. Perhaps it was not saved completely.",
    wrong: `
n = 3
if n > 2:
`,
    right: `
n = 3
if n > 2:
    print(n)
`,
  },
  E1008: {
    text: "A line is indented deeper than the one before although no block begins there, or it returns to a depth that no open block has. All statements of one block have the same indentation; a tab counts as four blanks.",
    wrong: `
x = 1
    print(x)
`,
    right: `
x = 1
print(x)
`,
  },
  E1009: {
    text: "Expressions may be nested 1000 levels deep, blocks 200. Programs that people write stay far below; generated ones can give a name to a part in between, or move a block into a function.",
    wrong: `
// 1001 parentheses; a part of them is shown here
x = ${"(".repeat(1001)}1${")".repeat(1001)}
print(x)
`,
    right: `
x = 1
print(x)
`,
  },
  E1013: {
    text: "Names are made of the letters A to Z, a to z, digits and `_`, and do not begin with a digit. A constant of module level (`NAME := value`) is written in upper case.",
    wrong: `
limit := 10
print(limit)
`,
    right: `
LIMIT := 10
print(LIMIT)
`,
  },
  E1015: {
    text: "`mut` declares a variable that changes, `:=` a constant: the two exclude each other. `mut x += 1` would declare `x` and use a value that it does not have.",
    wrong: `
mut LIMIT := 10
print(LIMIT)
`,
    right: `
LIMIT := 10
print(LIMIT)
`,
  },
  E1019: {
    text: "Two values stand side by side among arguments or elements. They are separated by commas.",
    wrong: `
print("sum" 3)
`,
    right: `
print("sum", 3)
`,
  },
  E1020: {
    text: "A `[` is never closed, or it is closed by another character.",
    wrong: `
xs = [1, 2, 3
print(xs)
`,
    right: `
xs = [1, 2, 3]
print(xs)
`,
  },
  E1021: {
    text: 'A text begins with `"` and ends with `"` on the same line. A line break inside is written `\\n`, a quote `\\"`.',
    wrong: `
print("hello)
`,
    right: `
print("hello")
`,
  },
  E1022: {
    text: 'In a text a backslash begins one of these: `\\n` line end, `\\t` tab, `\\r` carriage return, `\\"` quote, `\\\\` backslash, `\\0` zero byte.',
    wrong: `
print("C:\\data")
`,
    right: `
print("C:\\\\data")
`,
  },
  E1023: {
    text: "The character begins nothing in Orus. Outside of texts and comments only ASCII characters have a meaning; a word processor may have replaced quotes by others.",
    wrong: `
print(“hello”)
`,
    right: `
print("hello")
`,
  },
  E1024: {
    text: "A comment that begins with `/*` goes on to the next `*/`; the file ends before one. Such comments do not nest.",
    wrong: `
print(1)
/* the rest is not finished
print(2)
`,
    right: `
print(1)
/* the rest is not finished */
print(2)
`,
  },
  E1025: {
    text: "The number cannot be read: an unknown suffix, a digit outside of its base, a misplaced `_`, a point without digits on both sides, a fraction with an integer suffix, or more than any type holds. Suffixes are `i32`, `i64`, `u32`, `u64`, `u` and `f64`.",
    wrong: `
print(1__000)
`,
    right: `
print(1_000)
`,
  },
  E1026: {
    text: "A value is expected after `=`, an operator, a comma, `in`, `if` and so on. A declaration always has a value, and there is no unary `+`.",
    wrong: `
x =
print(x)
`,
    right: `
x = 0
print(x)
`,
  },
  E1027: {
    text: "The word belongs to the language (`if`, `match`, `true` and so on) and cannot be a name.",
    wrong: `
fn half(match: i32) -> i32:
    return match / 2
print(half(4))
`,
    right: `
fn half(match_: i32) -> i32:
    return match_ / 2
print(half(4))
`,
  },
  E1028: {
    text: "The left side of `=` is a variable, or an element or field of something that can be changed. Values of calls and operators, texts and tuples cannot be assigned to.",
    wrong: `
x = 1
x + 1 = 2
`,
    right: `
mut x = 1
x = 2 - x
print(x)
`,
  },
  E1029: {
    text: "`use`, `pub`, `struct`, `enum`, `impl`, `trait`, `type`, `extern`, `test` and `module` stand at the top of a file, not in a block.",
    wrong: `
fn f() -> i32:
    pub x = 1
    return x
print(f())
`,
    right: `
pub x = 1
fn f() -> i32:
    return x
print(f())
`,
  },
  E1030: {
    text: "`else`, `elif`, `catch` and `finally` continue a statement of the same indentation right before them; nothing there can be continued. A label belongs to a loop.",
    wrong: `
x = 1
else:
    print(x)
`,
    right: `
x = 1
if x > 1:
    print("more")
else:
    print(x)
`,
  },
  E1031: {
    text: "A `try` is followed by `catch`, by `finally`, or by both, with the same indentation.",
    wrong: `
try:
    print(1)
print(2)
`,
    right: `
try:
    print(1)
catch:
    print("failed")
print(2)
`,
  },
  E1032: {
    text: "In a `match` the pattern and what it stands for are separated by `->`.",
    wrong: `
n = 1
match n:
    1: print("one")
    _ -> print("other")
`,
    right: `
n = 1
match n:
    1 -> print("one")
    _ -> print("other")
`,
  },
  E1033: {
    text: "The spelling is that of another language. Orus writes `and`, `or`, `not`, `elif`, `fn`, `use`, `x += 1`, `a if c else b`, texts in double quotes, blocks by indentation, and declares without `var`, `let` or `const`.",
    wrong: `
a = 1
if a > 0 && a < 9:
    print(a)
`,
    right: `
a = 1
if a > 0 and a < 9:
    print(a)
`,
  },
  E1034: {
    text: "Source files are UTF-8. The file has a byte that is not; most likely it was saved in another encoding (the example: in Latin-1). The message says which byte it is. Save it as UTF-8; a byte order mark at the beginning is fine.",
    wrong: {
      text: `
print("Gr\u00fc\u00dfe")
`,
      encoding: "latin1",
    },
    right: `
print("Gr\u00fc\u00dfe")
`,
  },
  E1035: {
    text: 'In `$"{value:format}"` the format is `[fill][align][0][width][.digits][kind]`: align is `<`, `>` or `^`; kind is `f` for numbers with a fraction, `x`, `X`, `b` or `o` for integers.',
    wrong: `
n = 5
print($"{n:.2q}")
`,
    right: `
n = 5
print($"{n:04}")
`,
  },
  E1407: {
    text: "After a colon at the end of a line comes at least one indented line. Comments do not count; `pass` is the statement that does nothing.",
    wrong: `
n = 1
if n > 3:
print(n)
`,
    right: `
n = 1
if n > 3:
    pass
print(n)
`,
  },
  E1409: {
    text: "After `for` comes the name of the loop variable, or `_` for none. It is declared by the loop; no `mut` is needed.",
    wrong: `
for 0..3:
    print("again")
`,
    right: `
for _ in 0..3:
    print("again")
`,
  },
  E1099: {
    text: "The form belongs to the language, but this version of Orus does not translate it yet.",
    wrong: `
extern "orus.test":
    fn add(a: i32, b: i32) -> i32
`,
    right: `
fn add(a: i32, b: i32) -> i32:
    return a + b
print(add(1, 2))
`,
  },
} satisfies Partial<Record<Code, Entry>>;
