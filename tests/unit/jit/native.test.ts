/**
 * The engine with native code, compiled in this thread: entering and leaving, limits at the same place in every tier, deep
 * recursion, growing, taking code away while it runs.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { describe, expect, test } from "@jest/globals";
import { type Compiler, DEFAULTS, Engine, loadRuntime, REASONS, type RunOptions } from "../../../jit/index.js";
import { InProcessCompiler } from "../../../jit/native.js";
import { binaryen } from "../../support/binaryen.js";
import { type Compiled, place, program, type Ran, run } from "./support/programs.js";

const compiler = new InProcessCompiler(binaryen);
const native = (p: Compiled, options: RunOptions = {}): Ran =>
  run(p, { engine: "jit", threshold: 1, ...options }, compiler);

describe("threshold 1", () => {
  test("the first round of a loop runs native", () => {
    const r = native(program("mut t = 0\nmut i = 0\nwhile i < 1000:\n    t = t + i % 7\n    i = i + 1\nprint(t)\n"));
    expect(r.out).toBe("2997\n");
    expect(r.stats()).toMatchObject({ events: 1000, interpreted: 0, nativeShare: 1, nativeEntries: 1 });
  });
  test("the first call of a function runs native", () => {
    const r = native(
      program(
        "fn fib(n: i32) -> i32:\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\nprint(fib(20))\n",
      ),
    );
    expect([r.out, r.stats().interpreted, r.stats().units.map((u) => u.entries)]).toEqual(["6765\n", 0, [1]]);
  });
  test("so does a callee that native code reaches through a stub", () => {
    const callee =
      "fn f(n: i32) -> i32:\n    mut t = 0\n    for i in 0..n:\n        for j in 0..n:\n            t = t + i % 3 + j % 5\n    return t\n";
    const r = native(program(`${callee}mut s = 0\nfor k in 0..50:\n    s = s + f(k)\nprint(s)\n`));
    expect(r.stats()).toMatchObject({ interpreted: 0, nativeShare: 1 });
    expect(
      r
        .stats()
        .units.filter((u) => !u.loop)
        .map((u) => u.entries),
    ).toEqual([1]);
  });
});

test("the threshold counts: 9,999 rounds interpreted, the 10,000th and all after it native", () => {
  const r = native(program("mut t = 0\nmut i = 0\nwhile i < 50000:\n    t = t + i % 7\n    i = i + 1\nprint(t)\n"), {
    threshold: 10_000,
  });
  expect([r.out, r.stats().interpreted, r.stats().events]).toEqual(["149997\n", 9_999, 50_000]);
});

describe("the same place in every tier", () => {
  const programs: readonly (readonly [string, string])[] = [
    [
      "nested loops",
      "mut t = 0\nfor i in 0..100:\n    for j in 0..100:\n        t = t + j % 3\n    t = t - 1\nprint(t)\n",
    ],
    [
      "calls",
      "fn g(n: i32) -> i32:\n    return n % 5\nfn f(n: i32) -> i32:\n    mut t = 0\n    for i in 0..n:\n        t = t + g(i)\n    return t\nmut s = 0\nfor k in 0..30:\n    s = s + f(k)\nprint(s)\n",
    ],
    [
      "recursion",
      "fn fib(n: i32) -> i32:\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\nprint(fib(12))\n",
    ],
  ];
  test.each(programs)("fuel, %s", (_, text) => {
    const p = program(text);
    const all = run(p, { engine: "interp" }).stats().events;
    for (let i = 0; i <= 20; i++) {
      const fuel = Math.floor((all * i) / 20);
      const a = run(p, { engine: "interp", fuel });
      const b = native(p, { fuel });
      const c = native(p, { fuel, threshold: 7 });
      expect([fuel, place(b), b.out, b.error?.trace]).toEqual([fuel, place(a), a.out, a.error?.trace]);
      expect([fuel, place(c), c.out, c.error?.trace]).toEqual([fuel, place(a), a.out, a.error?.trace]);
    }
  });
  test("errors with their values and traces", () => {
    const p = program(
      "fn g(a: i32, b: i32) -> i32:\n    return 100 / (a - b)\nfn f(n: i32) -> i32:\n    mut t = 0\n    for i in 0..n:\n        t = t + g(i, 77)\n    return t\nmut s = 0\nfor k in 0..100:\n    s = s + f(k)\nprint(s)\n",
    );
    const a = run(p, { engine: "interp" });
    expect(place(a)).toBe("2:16 E0001");
    expect(native(p).error).toEqual(a.error);
    expect(native(p, { threshold: 50 }).error).toEqual(a.error);
  });
  test("time, in an endless native loop", () => {
    const r = native(program("mut i: u32 = 0\nwhile true:\n    i = i + 1\n"), { maxTime: 50 });
    expect(place(r)).toBe("2:1 E0040");
    expect(r.stats().nativeShare).toBeGreaterThan(0.9);
  });
});

describe("deep recursion", () => {
  /** A function with that many values alive during the call. */
  const walk = (live: number, calls: number): Compiled => {
    const names = Array.from({ length: live }, (_, i) => `v${i}`);
    const values = names.map((v, i) => `    ${v} = (n as i64) * ${i + 3} + ${i}\n`).join("");
    return program(
      `fn walk(n: i32) -> i64:\n${values}    if n == 0:\n        return 0\n    r = walk(n - 1)\n    return r + ${names.join(" + ")}\n\nprint(walk(${calls}))\n`,
    );
  };
  test.each([1, 30, 120])("10,000 calls with %d live values work, one more is a stack overflow", (live) => {
    const good = walk(live, 10_000);
    const want = run(good, { engine: "interp" });
    expect(want.exitCode).toBe(0);
    const r = native(good);
    expect([r.exitCode, r.out]).toEqual([0, want.out]);
    const bad = walk(live, 10_001);
    const interpreted = run(bad, { engine: "interp" });
    expect(interpreted.error?.diagnostic.code).toBe("E0008");
    expect(native(bad).error).toEqual(interpreted.error);
  });
  test("with the smallest register chunk and little host stack", () => {
    const good = walk(5, 3_000);
    const r = native(good, { chunkBytes: 1, hostBytes: 20_000 });
    expect([r.exitCode, r.out]).toEqual([0, run(good, { engine: "interp" }).out]);
  });
});

describe("units grow", () => {
  test("a loop of few rounds asks for its enclosing loop, which then replaces it", () => {
    const p = program(
      "mut t = 0\nmut i = 0\nwhile i < 20000:\n    mut j = 0\n    while j < 20:\n        t = t + j % 3\n        j = j + 1\n    i = i + 1\nprint(t)\n",
    );
    const r = native(p, { threshold: 15_000 });
    const [inner, outer] = [...r.stats().units].sort((a, b) => b.line - a.line);
    expect(r.out).toBe("380000\n");
    expect([inner?.line, inner?.entries]).toEqual([5, 1024]);
    expect([outer?.line, outer?.state, outer?.entries]).toEqual([3, "compiled", 1]);
  });
  test("at the top of a function, for the function", () => {
    const p = program(
      "fn f(n: i32) -> i32:\n    mut t = 0\n    for j in 0..n:\n        t = t + j % 3\n    return t\nmut s = 0\nmut i = 0\nwhile i < 9000:\n    s = (s + f(20)) % 1000\n    i = i + 1\nprint(s)\n",
    );
    const r = native(p, { threshold: 10_000 });
    const fn = r.stats().units.find((u) => !u.loop);
    expect([r.out, fn?.state]).toEqual([run(p, { engine: "interp" }).out, "compiled"]);
    expect(fn!.entries).toBeGreaterThan(1000);
  });
});

describe("taking code away", () => {
  const text =
    "fn f(n: i32) -> i32:\n    mut t = 0\n    for j in 0..n:\n        t = t + j % 3\n    return t\nmut s: i64 = 0\nfor i in 0..400:\n    s = s + (f(i) as i64)\nprint(s)\n";
  test.each(["flush", "invalidate"] as const)("%s, whenever the program asks for budget, changes nothing", (how) => {
    const p = program(text);
    const want = run(p, { engine: "interp" }).out;
    let engine: Engine | undefined;
    let times = 0;
    // The clock is read at every ask: the one place where the engine's owner has a say while a program runs.
    const now = (): number => {
      const tiers = engine?.tiers;
      if (tiers && times++ % 3 === 0) {
        if (how === "flush") tiers.flush();
        else for (const unit of tiers.units.values()) tiers.invalidate(unit);
      }
      return performance.now();
    };
    let out = "";
    const write = (_fd: number, bytes: Uint8Array): number => {
      out += new TextDecoder().decode(bytes);
      return 0;
    };
    engine = new Engine(
      loadRuntime(),
      p.chunk,
      p.files,
      { ...DEFAULTS, engine: "jit", threshold: 3, write, read: () => 0, now },
      compiler,
    );
    expect(engine.run().error).toBe(null);
    expect(out).toBe(want);
    expect(times).toBeGreaterThan(3);
  });
});

test("batches: a hot loop leaves four times and comes back", () => {
  const p = program(
    "mut t: u64 = 0\nmut i: u64 = 0\nwhile i < 400000000:\n    t = t + i % 7\n    i = i + 1\nprint(t)\n",
  );
  const r = native(p, { batches: true });
  expect(r.out).toBe("1199999997\n");
  expect(r.stats().units[0]?.entries).toBe(5);
  expect(
    r
      .stats()
      .exits.filter((e) => e.reason === "exit.batch")
      .map((e) => e.count),
  ).toEqual([4]);
});

test("whatever native code leaves for is a row of the table of reasons", () => {
  const p = program(`fn g(n: i32) -> i32:
    if n > 2:
        return g(n - 1) + g(n - 3)
    return n
mut t = 0
mut f = 2.5
for i in 1..20..(g(1)):
    t = t + g(i) / i + 100 % i
    f = f / (i as f64)
    t = t + (f as i32) - (-t)
print(t)
`);
  const seen = new Set<string>();
  const spy: Compiler = {
    warm: () => {},
    request: (prog, r) => compiler.request(prog, r),
    finished: () => compiler.finished(),
    wait: () => {
      const list = compiler.wait();
      for (const unit of list) if ("sites" in unit) for (const site of unit.sites) seen.add(site.reason);
      return list;
    },
    close: () => {},
  };
  expect(run(p, { engine: "jit", threshold: 1 }, spy).out).toBe(run(p, { engine: "interp" }).out);
  expect([...seen].filter((reason) => !(reason in REASONS))).toEqual([]);
  expect([...seen]).toEqual(
    expect.arrayContaining(["exit.overflow", "exit.div-zero", "exit.cast", "exit.batch", "exit.unwind"]),
  );
});
