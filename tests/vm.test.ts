/**
 * The register machine's named properties: when something is hot, what registers and bytecode hold, one sum in every tier.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { describe, expect, test } from "@jest/globals";
import { OP_LIST } from "../compiler/bytecode/ops.js";
import { CHUNK, FRAME } from "../compiler/layout/frame.js";
import { VM, VM_BASE } from "../compiler/layout/vm.js";
import type { Compiler, Finished, Program, Request } from "../jit/index.js";
import { build, underOurHost } from "./conformance/built.js";
import { binaryen } from "./support/binaryen.js";
import { type Compiled, inEngine, program, Tiers } from "./support/tiers.js";

/** Notes what is asked for and never builds anything. */
class Noting implements Compiler {
  readonly requests: Request[] = [];
  warm(): void {}
  request(_program: Program, request: Request): void {
    this.requests.push(request);
  }
  finished(): Finished[] {
    return [];
  }
  wait(): Finished[] {
    return [];
  }
  close(): void {}
}
function requestsOf(text: string): Request[] {
  const compiler = new Noting();
  const { exit } = inEngine(program(text), { engine: "auto" }, compiler);
  expect(exit).toBe(0);
  return compiler.requests;
}

/** Op words of all functions, in order, with their operands a, b, c. */
function ops({ chunk }: Compiled): { readonly name: string; readonly a: number; readonly bc: number }[] {
  const list: { name: string; a: number; bc: number }[] = [];
  for (let pc = 0; pc < chunk.code.length; ) {
    const word = chunk.code[pc]!;
    const op = OP_LIST[word & 0xff]!;
    list.push({ name: op.name, a: (word >>> 8) & 0xff, bc: word >>> 16 });
    pc += op.size;
  }
  return list;
}

describe("hot at exactly 10,000", () => {
  const loop = (rounds: number): string => `mut t = 0u32\nfor i in 0..${rounds}:\n    t = t + 3u32\nprint(t)\n`;
  // Recursive, so that the function is the unit and not a loop around its calls; 99 calls deep at most.
  const calls = (count: number): string => {
    const row = "fn row(n: i32) -> i32:\n    return 1 if n == 0 else row(n - 1) + 1\n";
    const full = Math.floor(count / 100);
    const rest = count % 100;
    return `${row}${"print(row(99))\n".repeat(full)}${rest > 0 ? `print(row(${rest - 1}))\n` : ""}`;
  };
  test.each([
    [9_999, 0],
    [10_000, 1],
  ])("%d rounds: %d requests", (rounds, requests) => {
    const asked = requestsOf(loop(rounds));
    expect(asked.length).toBe(requests);
    if (requests === 1) expect(asked[0]!.unit.loopPc).toBeGreaterThanOrEqual(0);
  });
  test.each([
    [9_999, 0],
    [10_000, 1],
  ])("%d calls: %d requests", (count, requests) => {
    const asked = requestsOf(calls(count));
    expect(asked.length).toBe(requests);
    if (requests === 1) expect(asked[0]!.unit).toEqual({ fn: 1, loopPc: -1 });
  });
});

test("a typed register that 42 is written to holds 42", () => {
  const p = program("mut x: i32 = 42\nx = x\nprint(x)\n");
  const load = ops(p).find((o) => o.name === "LOAD_IMM_I32");
  expect(load).toMatchObject({ bc: 42 });
  const { run, out } = inEngine(p, { engine: "interp" }, null);
  expect(out).toBe("42\n");
  // Main's window is the first of the first chunk.
  const view = run.engine.view();
  const base = view.getUint32(VM_BASE + VM.at.chunk, true) + CHUNK.size + FRAME.size;
  expect(view.getInt32(base + 8 * load!.a, true)).toBe(42);
});

test("constants are folded: `2 + 3` is one load of 5", () => {
  const list = ops(program("mut x = 2 + 3\nx = x * x\nprint(x)\n"));
  expect(list.filter((o) => o.name.startsWith("LOAD_")).map((o) => [o.name, o.bc])).toEqual([["LOAD_IMM_I32", 5]]);
  expect(list.some((o) => o.name.startsWith("ADD_"))).toBe(false);
});

test("a built module executes and exits 0", () => {
  const p = program('print("hello")\n');
  const ran = underOurHost(build(p, binaryen), p);
  expect([Buffer.from(ran.out).toString(), ran.exit, ran.complaints]).toEqual(["hello\n", 0, []]);
});

test("a sum of 10,000 rounds is 49995000 in every tier", () => {
  const p = program("mut total = 0\nfor i in 0..10000:\n    total = total + i\nprint(total)\n");
  const tiers = new Tiers(binaryen);
  const good = { out: "49995000\n", exit: 0, error: null };
  expect(tiers.interp(p)).toEqual(good);
  const native = tiers.jitRun(p);
  expect(native).toMatchObject(good);
  expect(native.run.stats().units.map((u) => u.entries > 0)).toEqual([true]);
  expect(tiers.jit(p, 10_000)).toEqual(good);
  for (const { seen } of tiers.forced(p, 3, () => 0)) expect(seen).toEqual(good);
  expect(tiers.aot(p)).toEqual(good);
});
