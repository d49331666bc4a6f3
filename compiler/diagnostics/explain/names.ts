/** Explanations of errors about names and about what may be reassigned. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const NAMES = {
  E1010: {
    text: "No variable, constant, function or module of this name can be seen here. Names are visible from their declaration on, functions in the whole of their block. Each unknown name is reported once.",
    wrong: `
counter = 3
print(countr)
`,
    right: `
counter = 3
print(counter)
`,
  },
  E1011: {
    text: "The scope has a declaration of this name already. `mut x = ...`, `x: T = ...`, functions and types always declare; to give a variable another value, write `x = ...` alone, for which it has to be `mut`.",
    wrong: `
mut score = 1
mut score = 2
print(score)
`,
    right: `
mut score = 1
score += 1
print(score)
`,
  },
  E1012: {
    text: "The name exists, but not here: in a block that is over, in another function, or further down in the file. Variables of a `for` body end with it; those of a function belong to one call.",
    wrong: `
for i in 0..3:
    print(i)
print(i)
`,
    right: `
mut last = 0
for i in 0..3:
    last = i
print(last)
`,
  },
  E1018: {
    text: "The variable gets its value in one branch and is read in another one that excludes it, so there is never a value to read. Where some path gives it a value it is tested at run time (E0018).",
    wrong: `
n = 3
if n > 2:
    size = 1
else:
    print(size)
`,
    right: `
n = 3
size = 1 if n > 2 else 0
print(size)
`,
  },
  E1014: {
    text: "Variables keep their first value unless they are declared with `mut`. Parameters, constants, functions and imported names never change. The contents of an array or struct may change all the same: `mut` is about the name.",
    wrong: `
speed = 10
speed = 20
print(speed)
`,
    right: `
mut speed = 10
speed = speed * 2
print(speed)
`,
  },
  E1017: {
    text: "`+=` and its relatives give the variable a new value, so it has to be declared with `mut`. In a function parameters are immutable; copy one to a variable of its own.",
    wrong: `
tally = 0
for i in 1..=4:
    tally += i
print(tally)
`,
    right: `
mut tally = 0
for i in 1..=4:
    tally += i
print(tally)
`,
  },
} satisfies Partial<Record<Code, Entry>>;
