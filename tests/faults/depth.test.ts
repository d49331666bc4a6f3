/**
 * Deep recursion: 10,000 nested calls work however many values each of them keeps, one more is `Stack overflow` with a
 * trace; never a trap and never the host's own overflow. All arithmetic is u32 and wraps, so only depth can fail.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { describe, expect, test } from "@jest/globals";
import type { RunOptions } from "../../jit/index.js";
import { build, underWasmtime } from "../conformance/built.js";
import { binaryen } from "../support/binaryen.js";
import { type Compiled, inEngine, program, type Seen, seenOfBuilt, Tiers } from "../support/tiers.js";
import { withWasmtime } from "../support/wasmtime.js";

const tiers = new Tiers(binaryen);
const NESTED = 10_000;
const SITES = 4;

/** A function that keeps `live` values across its own call; called so that `depth` activations are open at once. */
function nested(live: number, depth: number): Compiled {
  const names = Array.from({ length: live }, (_, i) => `v${i}`);
  const lines = [
    "fn down(n: u32) -> u32:",
    "    if n == 0:",
    "        return 1",
    ...names.map((v, i) => `    ${v} = n * ${2 * i + 3}u32 + ${i}u32`),
    "    r = down(n - 1)",
    `    return ${["r * 31u32", ...names].join(" + ")}`,
    "",
    `print(down(${depth - 1}))`,
  ];
  return program(`${lines.join("\n")}\n`);
}
/** What `nested` prints. */
function expected(live: number, depth: number): string {
  let r = 1;
  for (let n = 1; n < depth; n++) {
    let sum = Math.imul(r, 31);
    for (let i = 0; i < live; i++) sum = (sum + Math.imul(n, 2 * i + 3) + i) >>> 0;
    r = sum >>> 0;
  }
  return `${r}\n`;
}

const pick = (n: number): number => Math.floor(n / 2);
/** Every result of the tiers that run in an engine, by name. */
function everywhere(p: Compiled, limits: RunOptions = {}): Record<string, Seen> {
  const all: Record<string, Seen> = {
    interp: tiers.interp(p, limits),
    jit: tiers.jit(p, 1, limits),
    late: tiers.jit(p, 50, limits),
  };
  for (const { name, seen } of tiers.forced(p, SITES, pick, limits)) all[name] = seen;
  return all;
}
function expectWorks(p: Compiled, out: string, limits: RunOptions = {}): void {
  for (const [name, seen] of Object.entries(everywhere(p, limits)))
    expect({ name, ...seen }).toEqual({ name, out, exit: 0, error: null });
}
/** E0008 at the same place in all tiers. */
function expectOverflow(p: Compiled, limits: RunOptions = {}): void {
  const all = everywhere(p, limits);
  const { interp } = all;
  expect(interp!.error).toMatch(/ E0008$/);
  for (const [name, seen] of Object.entries(all))
    expect({ name, ...seen }).toEqual({ name, out: "", exit: 70, error: interp!.error });
}

describe.each([1, 30, 120])("%d live values", (live) => {
  test("10,000 nested calls work, one more is a stack overflow", () => {
    // `--max-recursion=N` allows N calls below the one from module level: N + 1 activations.
    expectWorks(nested(live, NESTED), expected(live, NESTED));
    expectWorks(nested(live, NESTED + 1), expected(live, NESTED + 1));
    expectOverflow(nested(live, NESTED + 2));
  });
  test.each([5, 100])("--max-recursion=%d", (maxRecursion) => {
    expectWorks(nested(live, maxRecursion + 1), expected(live, maxRecursion + 1), { maxRecursion });
    expectOverflow(nested(live, maxRecursion + 2), { maxRecursion });
    expect(tiers.aot(nested(live, maxRecursion + 1), { maxRecursion })).toEqual({
      out: expected(live, maxRecursion + 1),
      exit: 0,
      error: null,
    });
    expect(tiers.aot(nested(live, maxRecursion + 2), { maxRecursion })).toEqual(
      tiers.interp(nested(live, maxRecursion + 2), { maxRecursion }),
    );
  });
});

test("the trace is the same in the interpreter and in native code", () => {
  const p = nested(3, NESTED + 2);
  const run = (engine: "interp" | "jit") =>
    (engine === "interp" ? inEngine(p, { engine }, null) : tiers.jitRun(p)).run.error!;
  const [slow, fast] = [run("interp"), run("jit")];
  expect(slow.trace.length).toBe(20);
  expect([fast.trace, fast.omitted]).toEqual([slow.trace, slow.omitted]);
});

/** Other shapes of recursion: what is called `depth` deep, and how many calls one level takes. */
const SHAPES: Record<string, string> = {
  "mutual recursion": `
fn even(n: u32) -> u32:
    if n == 0:
        return 1
    a = n * 3
    return odd(n - 1) * 5 + a

fn odd(n: u32) -> u32:
    if n == 0:
        return 2
    a = n * 7
    b = n + 9
    return even(n - 1) * 3 + a + b

print(even(DEPTH - 1u32))
`,
  "recursion through a loop": `
fn walk(n: u32) -> u32:
    if n == 0:
        return 1
    mut total = n
    for i in 0..3:
        if i == 1:
            total = total * 3 + walk(n - 1)
        total += i as u32
    return total

print(walk(DEPTH - 1u32))
`,
  "recursion from a loop that runs native": `
fn down(n: u32, k: u32) -> u32:
    if n == 0:
        return k
    return down(n - 1, k + n) * 3 + k

mut total: u32 = 0
for i in 0..40:
    total = total * 31 + down(i as u32, 5)
mut rounds = 0
while rounds < 3:
    total = total * 7 + down(DEPTH - 1u32, total)
    rounds += 1
print(total)
`,
};
describe.each(Object.entries(SHAPES))("%s", (_, text) => {
  const at = (depth: number): Compiled => program(text.replace("DEPTH", `${depth}u32`));
  test.each([5, 100, NESTED])("--max-recursion=%d", (maxRecursion) => {
    const most = Math.max(maxRecursion + 1, 41);
    if (maxRecursion >= 40) {
      const fits = at(most);
      const good = tiers.interp(fits, { maxRecursion });
      expect([good.exit, good.error]).toEqual([0, null]);
      expectWorks(fits, good.out, { maxRecursion });
    }
    expectOverflow(at(most + 1), { maxRecursion });
  });
});

/** A built module uses the host's stack: it may run out of it before the limit, and then says so itself. */
function expectCleanly(seen: Seen, live: number, depth: number): void {
  expect(seen.fault).toBeUndefined();
  if (seen.exit === 0) expect(seen.out).toBe(expected(live, depth));
  else expect([seen.exit, seen.error?.split(" ")[1], seen.out]).toEqual([70, "E0008", ""]);
}

describe("built modules", () => {
  test("under our host: 2,000 calls work", () => {
    expect(tiers.aot(nested(1, 2_000))).toEqual({ out: expected(1, 2_000), exit: 0, error: null });
  });
  test.each([1, 30, 120])("under our host: 10,000 calls with %d live values work or end cleanly", (live) => {
    expectCleanly(tiers.aot(nested(live, NESTED)), live, NESTED);
    const over = tiers.aot(nested(live, NESTED + 2));
    expect([over.exit, over.error?.split(" ")[1], over.fault]).toEqual([70, "E0008", undefined]);
  });

  withWasmtime((wasmtime) => {
    const run = async (p: Compiled): Promise<Seen> =>
      seenOfBuilt(await underWasmtime(build(p, binaryen), wasmtime(), p));
    test("2,000 calls work", async () => {
      expect(await run(nested(1, 2_000))).toEqual({ out: expected(1, 2_000), exit: 0, error: null });
    });
    test.each([1, 30, 120])("10,000 calls with %d live values work or end cleanly", async (live) => {
      expectCleanly(await run(nested(live, NESTED)), live, NESTED);
    });
  });
});
