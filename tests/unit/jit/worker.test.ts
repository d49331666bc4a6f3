/** The compiler's thread: answers a program that waits, and one that does not; a thread that dies is no fault of the program. */
import { afterAll, describe, expect, test } from "@jest/globals";
import { createEngine, WorkerCompiler } from "../../../jit/index.js";
import { program, run } from "./support/programs.js";

const compiler = new WorkerCompiler();
afterAll(() => compiler.close());
const sum = "mut t = 0\nmut i = 0\nwhile i < 1000:\n    t = t + i % 7\n    i = i + 1\nprint(t)\n";

test("a program waits for native code", () => {
  const r = run(program(sum), { engine: "jit", threshold: 1 }, compiler);
  expect(r.out).toBe("2997\n");
  expect(r.stats()).toMatchObject({ interpreted: 0, nativeEntries: 1 });
  expect(r.stats().units[0]!.buildMs).toBeGreaterThan(0);
});

test("one thread serves many programs", () => {
  const fib = program(
    "fn fib(n: i32) -> i32:\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\nprint(fib(20))\n",
  );
  for (let i = 0; i < 3; i++) {
    expect(run(fib, { engine: "jit", threshold: 1 }, compiler).out).toBe("6765\n");
    expect(run(program(sum), { engine: "jit", threshold: 1 }, compiler).out).toBe("2997\n");
  }
});

test("a program that does not wait turns native while it runs", () => {
  const endless = program("mut i: u64 = 0\nwhile true:\n    i = i + 1\n");
  const r = run(endless, { engine: "auto", maxTime: 1500 }, compiler);
  expect(r.error?.diagnostic.code).toBe("E0040");
  const s = r.stats();
  expect([s.units[0]!.state, s.nativeEntries]).toEqual(["compiled", 1]);
  expect(s.firstNativeMs).toBeGreaterThan(0);
});

describe("a thread that ends at once", () => {
  const broken = new URL("data:text/javascript,throw new Error('no')");
  test("is given up, and the program runs in the interpreter", () => {
    const gone = new WorkerCompiler(broken, 200);
    const r = run(program(sum), { engine: "jit", threshold: 10 }, gone);
    expect([r.out, r.exitCode]).toEqual(["2997\n", 0]);
    expect(r.stats().units.map((u) => [u.state, u.reason, u.detail])).toEqual([
      ["blocked", "build.failed", "the compiler's thread has ended"],
    ]);
    gone.close();
  });
});

test("embedding: texts in, exit codes and diagnostics out", () => {
  const parts: string[] = [];
  const write = (_fd: number, bytes: Uint8Array): number => parts.push(new TextDecoder().decode(bytes)) * 0;
  const orus = createEngine({ write });
  expect(orus.runText('print("hello")').exitCode).toBe(0);
  expect(parts).toEqual(["hello\n"]);
  const rejected = orus.runText("print(x)", "x.orus");
  expect([rejected.exitCode, rejected.stats]).toEqual([65, null]);
  expect(rejected.diagnostics.map((d) => d.code)).toEqual(["E1010"]);
  const failed = orus.runText("mut n = 0\nprint(1 / n)");
  expect([failed.exitCode, failed.error?.message]).toEqual([70, "Division by zero"]);
  orus.close();
});
