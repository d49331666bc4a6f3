/** The engine with its interpreter: results, limits, errors with places and values, memory image. No Binaryen. */
import { describe, expect, test } from "@jest/globals";
import { renderRuntime } from "../../../compiler/diagnostics/index.js";
import { HELPERS } from "../../../compiler/layout/helpers.js";
import { loadRuntime } from "../../../jit/index.js";
import { valueText } from "../../../jit/report.js";
import { place, program, run } from "./support/programs.js";

test("a sum loop of 10,000 rounds", () => {
  const r = run(program("mut total = 0\nfor i in 0..10000:\n    total = total + i\nprint(total)\n"), {
    engine: "interp",
  });
  expect([r.out, r.exitCode, r.error]).toEqual(["49995000\n", 0, null]);
  expect(r.stats().events).toBe(10_000);
});

test("the runtime exports every helper that native code calls", () => {
  const names = WebAssembly.Module.exports(loadRuntime()).map((e) => e.name);
  expect(Object.keys(HELPERS).filter((name) => !names.includes(name))).toEqual([]);
});

describe("errors", () => {
  const share = program(
    "fn share(total: i32, n: i32) -> i32:\n    return total / n\n\nfn plan(n: i32) -> i32:\n    return share(7, n - 1) + 1\n\nprint(plan(1))\n",
  );
  const render = (r: ReturnType<typeof run>): string => renderRuntime(r.error!, r.engine.files);

  test("have a place, values of operands and the calls that led there", () => {
    const r = run(share, { engine: "interp" });
    expect([r.exitCode, place(r)]).toEqual([70, "2:18 E0001"]);
    const text = render(r);
    expect(text).toContain("^ `n` is 0");
    expect(text).toContain("`total` is 7");
    expect(text).toContain("called from plan  t.orus:5:12\ncalled from main  t.orus:7:7\n");
  });
  test("come after all output", () => {
    const r = run(program("print(1)\nmut a = 0\nprint(5 / a)\n"), { engine: "interp" });
    expect([r.out, place(r)]).toEqual(["1\n", "3:9 E0001"]);
  });
  test("a step of zero names the step", () => {
    const r = run(program("fn f(s: i32):\n    for i in 0..10..s:\n        print(i)\nf(0)\n"), { engine: "interp" });
    expect(r.error?.diagnostic.code).toBe("E0012");
    expect(r.error?.diagnostic.label).toBe("`s` is 0");
  });
  test("long traces are shortened, and what is missing is counted", () => {
    const r = run(program("fn walk(n: i32) -> i32:\n    return walk(n + 1) + 1\nprint(walk(0))\n"), {
      engine: "interp",
    });
    expect(place(r)).toBe("2:12 E0008");
    expect([r.error!.trace.length, r.error!.omitted]).toEqual([20, 9981]);
    const lines = render(r).trimEnd().split("\n").slice(-21);
    expect(lines[10]).toBe("... 9981 more calls of walk ...");
    expect(lines.at(-1)).toBe("called from main  t.orus:3:7");
  });
  test("values of all types", () => {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, -0.5);
    expect(valueText("f64", bits.getBigUint64(0))).toBe("-0.5");
    expect(valueText("i32", 0xffffffffn)).toBe("-1");
    expect(valueText("u32", 0xffffffff_ffffffffn)).toBe("4294967295");
    expect(valueText("i64", 0xffffffff_ffffffffn)).toBe("-1");
    expect(valueText("u64", 0xffffffff_ffffffffn)).toBe("18446744073709551615");
    expect(valueText("bool", 1n)).toBe("true");
  });
});

describe("limits", () => {
  const endless = program("mut n = 0\nwhile true:\n    n = n + 1\n    if n > 1000000:\n        n = 0\n");
  test("fuel stops at the charging line", () => {
    const r = run(endless, { engine: "interp", fuel: 12_345 });
    expect([r.exitCode, place(r), r.stats().events]).toEqual([70, "2:1 E0040", 12_345]);
  });
  test("fuel of exactly what is needed is enough", () => {
    const p = program("fn f(n: i32) -> i32:\n    return n\nmut t = 0\nfor i in 0..10:\n    t = t + f(i)\nprint(t)\n");
    expect(run(p, { engine: "interp", fuel: 20 }).out).toBe("45\n");
    expect(place(run(p, { engine: "interp", fuel: 19 }))).toBe("5:13 E0040");
  });
  test("time stops an endless loop", () => {
    const r = run(endless, { engine: "interp", maxTime: 30 });
    expect([r.exitCode, r.error?.diagnostic.code]).toEqual([70, "E0040"]);
    expect(r.stats().totalMs).toBeGreaterThanOrEqual(30);
  });
  test("calls nested below one from module level", () => {
    const down = (n: number): string =>
      `fn down(n: i32) -> i32:\n    if n == 0:\n        return 0\n    return down(n - 1) + 0\nprint(down(${n}))\n`;
    expect(run(program(down(50)), { engine: "interp", maxRecursion: 50 }).out).toBe("0\n");
    expect(place(run(program(down(51)), { engine: "interp", maxRecursion: 50 }))).toBe("4:12 E0008");
  });
  test("the smallest register chunk", () => {
    const p = program(
      "fn down(n: i32) -> i32:\n    if n == 0:\n        return 0\n    return down(n - 1) + 1\nprint(down(500))\n",
    );
    expect(run(p, { engine: "interp", chunkBytes: 1 }).out).toBe("500\n");
  });
});

describe("output", () => {
  test("that cannot be written ends the program with 74", () => {
    const p = program("mut i = 0\nwhile true:\n    print(i)\n    i = i + 1\n    if i == 1000000:\n        i = 0\n");
    expect(run(p, { engine: "interp", write: () => 64 }).exitCode).toBe(74);
  });
  test("is flushed at line ends when asked", () => {
    const parts: string[] = [];
    const write = (_fd: number, bytes: Uint8Array): number => parts.push(new TextDecoder().decode(bytes)) * 0;
    run(program("print(1)\nprint(2)\n"), { engine: "interp", lineFlush: true, write });
    expect(parts).toEqual(["1\n", "2\n"]);
  });
});
