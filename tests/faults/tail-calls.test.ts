/**
 * Tail calls take no stack: a million of them in every tier, between functions whose windows differ, near the limits of depth and
 * fuel, with register chunks that hold hardly a window, and with errors below them.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { describe, expect, test } from "@jest/globals";
import type { RunOptions } from "../../jit/index.js";
import { binaryen } from "../support/binaryen.js";
import { type Compiled, inEngine, program, type Seen, Tiers } from "../support/tiers.js";

const tiers = new Tiers(binaryen);
// Taken once: in a Jest context every look at a global is slow.
const { imul } = Math;
const pick = (n: number): number => Math.floor(n / 2);

/** Three functions that call each other in turn, with 1, `live` and 3 values kept up to the call and different parameters. */
function turns(live: number, n: number): Compiled {
  const names = Array.from({ length: live }, (_, i) => `v${i}`);
  const lines = [
    "fn a(n: u32, t: u32) -> u32:",
    "    if n == 0: return t",
    "    x = t * 3u32 + n",
    "    return b(n - 1, 7u64, x, n)",
    "fn b(n: u32, w: u64, t: u32, m: u32) -> u32:",
    "    if n == 0: return t + (w as u32)",
    ...names.map((v, i) => `    ${v} = n * ${2 * i + 3}u32 + ${i}u32`),
    `    return c(${names.join(" + ")} + t, "s", n - 1)`,
    "fn c(t: u32, s: string, n: u32) -> u32:",
    "    if n == 0: return t * 2",
    "    k = len(s) as u32",
    "    return a(n - 1, t + k)",
    `print(a(${n}, 1))`,
  ];
  return program(`${lines.join("\n")}\n`);
}
/** What `turns` prints. */
function expected(live: number, n: number): string {
  let t = 1;
  for (let at = 0; ; at = (at + 1) % 3) {
    if (n === 0) return `${[t, (t + 7) >>> 0, imul(t, 2) >>> 0][at]}\n`;
    if (at === 0) t = (imul(t, 3) + n) >>> 0;
    else if (at === 1) for (let i = 0; i < live; i++) t = (t + imul(n, 2 * i + 3) + i) >>> 0;
    else t = (t + 1) >>> 0;
    n--;
  }
}
function everywhere(p: Compiled, limits: RunOptions = {}): Record<string, Seen> {
  return {
    interp: tiers.interp(p, limits),
    jit: tiers.jit(p, 1, limits),
    late: tiers.jit(p, 50, limits),
    "tiny chunks": tiers.jit(p, 50, { ...limits, chunkBytes: 96 }),
    "interp, tiny chunks": tiers.interp(p, { ...limits, chunkBytes: 96 }),
    "little host stack": tiers.jit(p, 50, { ...limits, hostBytes: 7000 }),
  };
}

describe.each([1, 30, 120])("%d live values", (live) => {
  const good = (n: number): Seen => ({ out: expected(live, n), exit: 0, error: null });
  test("a million calls, and limits of depth that no tail call meets", () => {
    const p = turns(live, 1_000_000);
    expect([tiers.interp(p), tiers.jit(p, 50)]).toEqual([good(1_000_000), good(1_000_000)]);
    const few = turns(live, 5000);
    for (const [name, seen] of Object.entries(everywhere(few, { maxRecursion: 1 })))
      expect({ name, ...seen }).toEqual({ name, ...good(5000) });
    expect(tiers.aot(p)).toEqual(good(1_000_000));
    expect(tiers.aot(few, { maxRecursion: 1 })).toEqual(good(5000));
  });
  test("forced exits, and collections everywhere", () => {
    for (const { name, seen } of tiers.forced(turns(live, 600), 6, pick))
      expect({ name, ...seen }).toEqual({ name, ...good(600) });
    for (const run of [tiers.interp, tiers.jit, tiers.aot] as const) {
      const seen = (run as (p: Compiled, a?: unknown, b?: unknown) => Seen).call(
        tiers,
        turns(live, 999),
        run === tiers.jit ? 1 : { hostile: true },
        { hostile: true },
      );
      expect(seen).toEqual(good(999));
    }
  });
});

test("native code stays native: a function that calls itself is a loop, others go from one to the next", () => {
  const { run } = tiers.jitRun(turns(3, 100_000), 10);
  const { units } = run.stats();
  for (const name of ["a", "b", "c"]) expect(units.find((u) => u.function === name && !u.loop)?.state).toBe("compiled");
  const own = program(
    "fn f(n: u64, t: u64) -> u64:\n    if n == 0: return t\n    return f(n - 1, t + n % 7)\nprint(f(1000000, 0))\n",
  );
  const one = tiers.jitRun(own, 1);
  expect([one.out, one.run.engine.nativeEntries()]).toEqual(["2999998\n", 1]);
});

test("fuel ends at the same call in every tier", () => {
  const p = turns(2, 60);
  for (let fuel = 0; fuel < 62; fuel += 3) {
    const want = tiers.interp(p, { fuel });
    expect([want.exit, want.error?.split(" ")[1]]).toEqual(fuel < 61 ? [70, "E0040"] : [0, undefined]);
    for (const threshold of [1, 5]) expect({ fuel, ...tiers.jit(p, threshold, { fuel }) }).toEqual({ fuel, ...want });
    expect({ fuel, ...tiers.aot(p, { fuel }) }).toEqual({ fuel, ...want });
  }
});

describe("below a tail call", () => {
  const text = (last: string): string => `fn walk(n: i32) -> i32:
    if n == 0: return ${last}
    return step(n - 1)
fn step(n: i32) -> i32: walk(n) if n % 2 == 0 else step2(n)
fn step2(n: i32) -> i32:
    return walk(n)
fn down(n: i32) -> i32:
    if n == 0: return 0
    return down(n - 1) + 1
fn main_part(k: i32) -> i32:
    x = walk(k)
    return x + 1
print(main_part(1000))
`;
  test("an error has the trace of the calls that are still there", () => {
    const p = program(text("1 / n"));
    const traces = [inEngine(p, { engine: "interp" }, null).run, tiers.jitRun(p).run, tiers.jitRun(p, 20).run].map(
      (r) => r.error!.trace.map((t) => t.name),
    );
    expect(traces).toEqual([
      ["main_part", "main"],
      ["main_part", "main"],
      ["main_part", "main"],
    ]);
  });
  test("other calls count from the frame that was taken over", () => {
    for (const [depth, exit] of [
      [97, 0],
      [98, 70],
    ] as const) {
      const p = program(text(`down(${depth}) + n`));
      for (const [name, seen] of Object.entries(everywhere(p, { maxRecursion: 99 })))
        expect({ name, exit: seen.exit, error: seen.error?.split(" ")[1] }).toEqual({
          name,
          exit,
          error: exit ? "E0008" : undefined,
        });
      expect(tiers.aot(p, { maxRecursion: 99 }).exit).toBe(exit);
    }
  });
});
