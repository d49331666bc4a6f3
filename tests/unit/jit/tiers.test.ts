/**
 * When units are asked for, installed and taken away: real programs in the interpreter, with a compiler that notes requests
 * and answers as the test says. No Binaryen.
 */
import { describe, expect, test } from "@jest/globals";
import { judge } from "../../../jit/exits.js";
import type { Compiler, FailedBuild, Finished, Program, Request } from "../../../jit/index.js";
import { REASONS } from "../../../jit/index.js";
import { program, run } from "./support/programs.js";

/** Answers every request with a failure, at once or never. */
class Noting implements Compiler {
  readonly requests: Request[] = [];
  readonly warmed: Request[] = [];
  private done: Finished[] = [];
  constructor(private readonly failure: FailedBuild | null = null) {}
  warm(_program: Program, likely: Request): void {
    this.warmed.push(likely);
  }
  request(_program: Program, request: Request): void {
    this.requests.push(request);
    if (this.failure) this.done.push({ id: request.id, ms: 1, ...this.failure });
  }
  finished(): Finished[] {
    return this.done.splice(0);
  }
  wait(): Finished[] {
    return this.finished();
  }
  close(): void {}
}
const refuse = (): Noting => new Noting({ failed: "build.too-large", detail: "4,001 instructions" });
const loopOf = (rounds: number): string =>
  `mut t = 0\nmut i = 0\nwhile i < ${rounds}:\n    t = t + i % 3\n    i = i + 1\nprint(t)\n`;

describe("a loop is asked for", () => {
  test.each([
    [9_999, 0],
    [10_000, 1],
    [10_001, 1],
  ])("after %d rounds: %d times", (rounds, times) => {
    const compiler = refuse();
    run(program(loopOf(rounds)), { engine: "jit" }, compiler);
    expect(compiler.requests.length).toBe(times);
  });
  test("at exactly the 10,000th round, before it is executed", () => {
    const compiler = refuse();
    const counts: number[] = [];
    const p = program(loopOf(20_000));
    const request = compiler.request.bind(compiler);
    compiler.request = (prog, r): void => {
      counts.push(r.unit.loopPc);
      request(prog, r);
    };
    const { engine } = run(p, { engine: "jit" }, compiler);
    expect(counts).toEqual([p.chunk.loops[0]!.pc]);
    // All rounds are interpreted, and it is asked only once.
    expect(engine.charged()).toEqual({ all: 20_000, interpreted: 20_000 });
  });
  test("by a for loop too, whose rounds start in FOR_LT", () => {
    for (const [rounds, times] of [
      [9_999, 0],
      [10_000, 1],
    ] as const) {
      const compiler = refuse();
      run(program(`mut t = 0\nfor i in 0..${rounds}:\n    t = t + i % 3\nprint(t)\n`), { engine: "jit" }, compiler);
      expect(compiler.requests.length).toBe(times);
    }
  });
});

test("a function is asked for at its 10,000th call", () => {
  const text = (n: number): string =>
    `fn f(n: i32) -> i32:\n    return n % 3\nmut t = 0\nfor i in 0..${n}:\n    t = t + f(i)\nprint(t)\n`;
  const functions = (n: number): number => {
    const compiler = refuse();
    run(program(text(n)), { engine: "jit" }, compiler);
    return compiler.requests.filter((r) => r.unit.loopPc < 0).length;
  };
  expect([functions(9_999), functions(10_000)]).toEqual([0, 1]);
});

describe("background mode", () => {
  test("wakes the compiler at a quarter of the threshold and never waits", () => {
    const compiler = new Noting();
    const r = run(program(loopOf(20_000)), { engine: "auto" }, compiler);
    expect([compiler.warmed.length, compiler.requests.length, r.out]).toEqual([1, 1, "19999\n"]);
    expect(r.stats().units.map((u) => [u.state, u.reason])).toEqual([["hot", "enter.pending"]]);
  });
  test("leaves it asleep below that", () => {
    const compiler = new Noting();
    const r = run(program(loopOf(2_499)), { engine: "auto" }, compiler);
    expect([compiler.warmed.length, r.stats().units.length]).toEqual([0, 0]);
  });
  test("only warm is a reason", () => {
    const r = run(program(loopOf(5_000)), { engine: "auto" }, new Noting());
    expect(r.stats().units.map((u) => [u.state, u.reason])).toEqual([["warm", "enter.cold"]]);
  });
});

describe("a unit that cannot be built", () => {
  test("stays in the interpreter, with the reason", () => {
    const r = run(program(loopOf(20_000)), { engine: "jit" }, refuse());
    expect(r.out).toBe("19999\n");
    const [unit] = r.stats().units;
    expect([unit?.state, unit?.reason, unit?.detail, unit?.line]).toEqual([
      "blocked",
      "build.too-large",
      "4,001 instructions",
      3,
    ]);
  });
  test("because the compiler does not answer, is one too", () => {
    const r = run(program(loopOf(20_000)), { engine: "jit" }, new Noting());
    expect([r.out, r.stats().units[0]?.reason]).toEqual(["19999\n", "build.failed"]);
  });
  test("because the host forbids compiling: nothing else is asked for", () => {
    const compiler = new Noting({ failed: "build.no-compile", detail: "policy" });
    const r = run(program(`${loopOf(20_000)}i = 0\nwhile i < 20000:\n    i = i + 1\n`), { engine: "jit" }, compiler);
    expect(compiler.requests.length).toBe(1);
    expect(r.stats().units.map((u) => u.reason)).toEqual(["build.no-compile", "build.no-compile"]);
  });
});

test("without a compiler nothing is hot", () => {
  const r = run(program(loopOf(20_000)), { engine: "jit" });
  expect([r.out, r.stats().units.length, r.stats().nativeShare]).toEqual(["19999\n", 0, 0]);
});

describe("looking at a unit", () => {
  test("long rounds: kept, whatever it leaves for", () => {
    expect(judge({ entries: 1024, rounds: 1024 * 100, failedChecks: 1024 })).toBe("keep");
  });
  test("few rounds: the bigger unit", () => {
    expect(judge({ entries: 1024, rounds: 1024 * 99, failedChecks: 0 })).toBe("outgrow");
  });
  test("few rounds and failing checks: taken away", () => {
    expect(judge({ entries: 1024, rounds: 2000, failedChecks: 900 })).toBe("drop");
  });
  test("never entered: kept", () => expect(judge({ entries: 0, rounds: 0, failedChecks: 0 })).toBe("keep"));
});

test("every reason says something, once", () => {
  const texts = Object.values(REASONS).map((r) => r.says);
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) expect(text).toMatch(/^[a-z].*[^.]$/);
});
