/**
 * Limits are the same in every tier: fuel stops at the same event wherever it runs, time ends native loops too, and a
 * register stack that grows in tiny steps changes nothing.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { describe, expect, test } from "@jest/globals";
import { binaryen } from "../support/binaryen.js";
import { program, Tiers } from "../support/tiers.js";

const tiers = new Tiers(binaryen);
const pick = (n: number): number => Math.floor(n / 3);

/** Nested loops, a while loop, calls, a function small enough to be put into its caller, recursion. */
const MIXED = program(`
fn small(a: u32) -> u32:
    return a * 3 + 1

fn sum(n: u32) -> u32:
    if n == 0:
        return 0
    return sum(n - 1) + small(n)

fn inner(n: u32) -> u32:
    mut t: u32 = 0
    for i in 0u32..n:
        mut k: u32 = 0
        while k < 3:
            k += 1
            if k == 2 and i % 2 == 0: continue
            t = t + small(k + i)
        if i == 5: break
    return t

mut total: u32 = 0
for a in 0u32..4:
    print("round", a)
    for b in 0u32..5:
        total = total * 7 + inner(b) + small(a)
        if b == 3:
            print(total)
    total = total + sum(a + 2)
print("end", total)
`);
const NEEDED = ((): number => {
  for (let fuel = 1; fuel < 2_000; fuel++) if (tiers.interp(MIXED, { fuel }).exit === 0) return fuel;
  throw new Error("the program does not end");
})();
/** Around every kind of event at the start and the end, and spread between. */
const AMOUNTS = [
  ...new Set([
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    NEEDED - 2,
    NEEDED - 1,
    NEEDED,
    NEEDED + 1,
    ...Array.from({ length: 12 }, (_, i) => 13 + Math.floor((i * (NEEDED - 15)) / 12)),
  ]),
];

describe("fuel", () => {
  test("is exact: one less than needed is E0040", () => {
    expect(tiers.interp(MIXED, { fuel: NEEDED }).error).toBeNull();
    expect(tiers.interp(MIXED, { fuel: NEEDED - 1 })).toMatchObject({
      exit: 70,
      error: expect.stringMatching(/ E0040$/),
    });
  });
  test("stops at the same event in native code", () => {
    for (const fuel of AMOUNTS) {
      const expected = tiers.interp(MIXED, { fuel });
      for (const threshold of [1, 3])
        expect({ fuel, threshold, ...tiers.jit(MIXED, threshold, { fuel }) }).toEqual({ fuel, threshold, ...expected });
    }
  });
  test("stops at the same event after forced exits", () => {
    for (const fuel of AMOUNTS.filter((_, i) => i % 6 === 0)) {
      const expected = tiers.interp(MIXED, { fuel });
      for (const { name, seen } of tiers.forced(MIXED, 3, pick, { fuel }))
        expect({ fuel, name, ...seen }).toEqual({ fuel, name, ...expected });
    }
  });
  test("stops at the same event when it is built in", () => {
    for (const fuel of AMOUNTS.filter((_, i) => i % 4 === 0))
      expect({ fuel, ...tiers.aot(MIXED, { fuel }) }).toEqual({ fuel, ...tiers.interp(MIXED, { fuel }) });
  });
  test("no fuel at all stops at the first event", () => {
    for (const p of [program("for i in 0..3:\n    print(i)\n"), program("fn f():\n    print(1)\nf()\n")]) {
      const expected = tiers.interp(p, { fuel: 0 });
      expect(expected).toMatchObject({ out: "", exit: 70 });
      expect(tiers.jit(p, 1, { fuel: 0 })).toEqual(expected);
    }
  });
});

describe("time", () => {
  const ENDLESS = program("print(1)\nmut n: u32 = 0\nwhile true:\n    n = n + 1\n");
  const CALLS = program(
    "fn f(n: u32) -> u32:\n    mut t = n\n    while t != 4000000000:\n        t = t * 2 + 2\n    return t\nprint(f(0))\n",
  );
  const ended = { out: "1\n", exit: 70, error: expect.stringMatching(/ E0040$/) };
  test("ends an endless loop in the interpreter", () => expect(tiers.interp(ENDLESS, { maxTime: 40 })).toEqual(ended));
  test("ends an endless native loop", () => expect(tiers.jit(ENDLESS, 1, { maxTime: 40 })).toEqual(ended));
  test("ends an endless native function", () =>
    expect(tiers.jit(CALLS, 1, { maxTime: 40 })).toEqual({ ...ended, out: "" }));
});

describe("a register stack that grows", () => {
  const DEEP = program(`
fn deep(n: u32, a: u32, b: u32) -> u32:
    if n == 0:
        return a + b
    c = a * 5 + n
    d = b * 3 + c
    mut t = deep(n - 1, d, c)
    for i in 0u32..2:
        t = t * 3 + deep(0, c, i)
    return t + c + d

mut total: u32 = 0
for i in 0u32..30:
    total = total * 31 + deep(i, i, 7)
print(total, deep(500, 1, 2))
`);
  // 0 is the default; the others are smaller than a window, one window, a few of them.
  test.each([1, 64, 200, 1_000])("chunks of %d bytes", (chunkBytes) => {
    const expected = tiers.interp(DEEP);
    expect(expected.error).toBeNull();
    expect(tiers.interp(DEEP, { chunkBytes })).toEqual(expected);
    for (const threshold of [1, 20]) expect(tiers.jit(DEEP, threshold, { chunkBytes })).toEqual(expected);
    for (const { name, seen } of tiers.forced(DEEP, 4, pick, { chunkBytes }))
      expect({ name, ...seen }).toEqual({ name, ...expected });
  });
});
