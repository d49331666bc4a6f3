/** Loops over lists, strings and structs in native code: entered, and left only when they end. */
import { expect, test } from "@jest/globals";
import binaryen from "binaryen";
import { inEngine, program, Tiers } from "../../support/tiers.js";

const tiers = new Tiers(binaryen);

/** Runs with a low threshold; the output, and the reasons for which native code was left. */
function run(text: string): { readonly out: string; readonly left: readonly string[]; readonly native: number } {
  const { out, run: r } = inEngine(program(text), { engine: "jit", threshold: 10 }, tiers.compiler);
  const { units, exits } = r.stats();
  return {
    out,
    left: [...new Set(exits.map((e) => e.reason))].filter((reason) => reason !== "exit.loop-end"),
    native: units.reduce((n, u) => n + u.rounds, 0),
  };
}

test("the list test: 1,000 rounds over [1, 2, 3,]", () => {
  const r = run("list = [1, 2, 3,]\nmut sum = 0\nfor i in 0..1000: sum = sum + list[i % 3]\nprint(sum)\n");
  expect(r).toMatchObject({ out: "1999\n", left: [] });
  expect(r.native).toBeGreaterThan(900);
});
test("numbers, strings and structs in one loop", () => {
  const r = run(
    'struct P:\n    n: i32\n    s: string\np = P{ n: 0, s: "" }\nmut t = 0.5\nfor i in 0..5000:\n    p.n += i % 7\n    t = t * 0.5 + (p.n as f64)\n    if i % 1000 == 0: p.s = p.s + "x"\n    if p.s == "xx": t += 1.0\nprint(p, t > 1.0)\n',
  );
  expect(r).toMatchObject({ out: "14995, xxxxx true\n", left: [] });
  expect(r.native).toBeGreaterThan(4_900);
});
test("errors that are caught in a loop", () => {
  const r = run(
    "mut n = 0\nxs = [1, 2, 3,]\nfor i in 0..20000:\n    try:\n        if i % 2 == 0: n += xs[i]\n        else: n += 1 / (i - i)\n    catch e:\n        n += 1\nprint(n)\n",
  );
  expect(r).toMatchObject({ out: "20002\n", left: [] });
  expect(r.native).toBeGreaterThan(19_900);
});
test("closures, matches and calls of values", () => {
  const r = run(
    "enum E:\n    A(i32)\n    B\nmut n = 0\nadd = fn(k: i32) -> i32: k + 1\nfor i in 0..5000:\n    e = E.A(i) if i % 2 == 0 else E.B\n    match e:\n        E.A(k) -> n += add(k) % 3\n        E.B -> n -= 1\nprint(n)\n",
  );
  expect(r.left).toEqual([]);
  expect(r.native).toBeGreaterThan(4_900);
});
