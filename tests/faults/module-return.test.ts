/**
 * A module that ends by `return` before its last declarations: whoever reads those gets `Variable has no value`, in every
 * tier, and never what happens to be in memory.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { expect, test } from "@jest/globals";
import { binaryen } from "../support/binaryen.js";
import { compiledBy, Tiers } from "../support/tiers.js";

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
