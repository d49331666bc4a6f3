/**
 * Reads of what has no value yet: what a module did not come to declare before its `return`, and what a function reads that is called
 * by the declaration itself. They are `Variable has no value` in every tier, and never what happens to be in memory.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { expect, test } from "@jest/globals";
import { binaryen } from "../support/binaryen.js";
import { compiledBy, program, Tiers } from "../support/tiers.js";

const MODULE = `
fn list() -> [i32]: [1]
fn text() -> string: "abc"
fn seven() -> fn() -> i32: fn(): 7
pub before = 1
fn first() -> i32: before
for i in 0..3:
    if i == 1: return
pub items = list()
pub name = text()
pub call = seven()
pub number = 3
pub mut changing = 4
hidden = list()
pub fn get() -> i32: changing + number + len(items)
pub fn peek() -> i32: len(hidden) + first()
`;
const READS = [
  "push(m.items, 4)",
  "print(m.call())",
  "print(m.number)",
  "print(name)",
  "print(m.get())",
  "print(m.peek())",
  "m.changing += 1",
  "print(inside())",
];
const MAIN = `use m
use m: name
fn inside() -> string: name + "!"
print(m.before)
${READS.map((read) => `try: ${read}\ncatch e: print(e)\n`).join("")}print(m.items)
`;

test("what was not declared has no value", () => {
  const bytes = (text: string): { bytes: Uint8Array } => ({ bytes: new TextEncoder().encode(text) });
  const p = compiledBy("main.orus", {
    read: (path) =>
      path === "main.orus"
        ? bytes(MAIN)
        : path === "m.orus"
          ? bytes(MODULE)
          : { failed: "there is no such file", absent: true },
  });
  if ("rejected" in p) throw new Error(p.rejected.join());
  const tiers = new Tiers(binaryen);
  const lines = MAIN.split("\n").length - 1;
  const expected = {
    out: `1\n${"Error: Variable has no value\n".repeat(READS.length)}`,
    exit: 70,
    error: expect.stringMatching(new RegExp(`${lines}:.* E0018$`)),
  };
  expect(tiers.interp(p)).toEqual(expected);
  expect(tiers.jit(p)).toEqual(expected);
  expect(tiers.aot(p)).toEqual(expected);
});

test("a function that a declaration calls does not find its variables", () => {
  const p = program(`
fn a() -> i32:
    v = f()
    fn f() -> [i32]:
        try: print(len(v))
        catch e: print(e)
        return [1, 2,]
    return len(v)
print(a())
fn b(n: i32):
    for i in 0..n:
        w, z = pair()
        fn pair() -> [string]:
            try: print(w, z)
            catch e: print(e)
            return ["x", "y"]
        print(w, z)
b(2)
for i in 0..2:
    q = mk()
    fn mk() -> string:
        try: print(q)
        catch e: print(e)
        return "q" + (i as string)
    print(q)
fn c() -> i32:
    mut total = 0
    k = g() + h()
    fn g() -> i32:
        total += 1
        return h()
    fn h() -> i32:
        try: return k
        catch e: return total
    return k
print(c())
fn d(xs: [i32]):
    for x in m():
        print(x)
    fn m() -> [i32]:
        return xs * 2
    y = n()
    fn n() -> fn() -> i32:
        return fn(): y2()
    fn y2() -> i32:
        try: return y()
        catch e: return -1
    print(len(xs))
d([1, 2, 3])
`);
  const tiers = new Tiers(binaryen);
  const expected = {
    out: "Error: Variable has no value\n2\nError: Variable has no value\nx y\nError: Variable has no value\nx y\nError: Variable has no value\nq0\nError: Variable has no value\nq1\n2\n1\n2\n3\n1\n2\n3\n3\n",
    exit: 0,
    error: null,
  };
  expect(tiers.interp(p)).toEqual(expected);
  expect(tiers.jit(p)).toEqual(expected);
  expect(tiers.aot(p)).toEqual(expected);
});
