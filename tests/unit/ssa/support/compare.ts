/**
 * Runs a program in several ways and demands the interpreter's result of each.
 */
import type { Chunk } from "../../../../compiler/bytecode/chunk.js";
import { opAt } from "../../../../compiler/bytecode/encode.js";
import type { BuildUnit } from "../../../../compiler/ssa/build.js";
import type { RunValue } from "../../../../compiler/ssa/eval.js";
import type { Func } from "../../../../compiler/ssa/ir.js";
import { parse } from "../../../../compiler/ssa/parse.js";
import { print } from "../../../../compiler/ssa/print.js";
import { buildSsa } from "../../../../compiler/ssa/unit.js";
import { verify } from "../../../../compiler/ssa/verify.js";
import { shown } from "./heap.js";
import { Machine, type Policy, type Result } from "./machine.js";
import { randomOf } from "./random.js";

/** What is done with freshly built SSA; must leave it well formed. */
export type Prepare = (f: Func, chunk: Chunk) => void;

/** A unit as SSA: built, verified, prepared, and sent through its text. */
export function ssaOf(chunk: Chunk, unit: BuildUnit, mode: "jit" | "aot", prepare: Prepare): Func {
  const f = buildSsa(chunk, unit, mode, { budget: true });
  if ("failed" in f) throw new Error(`${f.failed}: ${f.detail}`);
  verify(f, "build");
  prepare(f, chunk);
  verify(f, "prepare");
  const text = print(f);
  const again = parse(text);
  if (print(again) !== text) throw new Error(`the text changes when read back:\n${text}\n---\n${print(again)}`);
  verify(again, "parse");
  return f;
}

/** Arguments of function 0 of random programs. */
const ARGS: readonly RunValue[] = [3, 5n, 0.5];
/** Ways to run: interpreter alone; some units native with random exits; everything AOT. Throws with the seed on a difference. */
export function compareTiers(
  chunk: Chunk,
  seed: number,
  prepare: Prepare,
  rounds = 3,
  args: readonly RunValue[] = ARGS,
): "same" | "long" {
  const plain = new Machine(chunk).run(0, args);
  if (plain.error?.startsWith("steps") || plain.charges > 3000) return "long";
  const cache = new Map<string, Func>();
  const get = (fn: number, loopPc: number, mode: "jit" | "aot"): Func => {
    const key = `${fn} ${loopPc} ${mode}`;
    let f = cache.get(key);
    if (!f) {
      f = ssaOf(chunk, { fn, loopPc }, mode, prepare);
      cache.set(key, f);
    }
    return f;
  };
  const fnOf = (pc: number): number => chunk.functions.findIndex((p) => pc >= p.codeStart && pc < p.codeEnd);
  for (let round = 0; round < rounds; round++) {
    const next = randomOf(seed * 31 + round);
    const chance = [0, 0.02, 0.3][round % 3]!;
    const nativeLoops = next() * 1.3,
      nativeCalls = next() * 1.3;
    const policy: Policy = {
      loop: (pc) => (next() < nativeLoops ? get(fnOf(pc), pc, "jit") : null),
      fn: (fn) => (next() < nativeCalls ? get(fn, -1, "jit") : null),
      force: () => next() < chance,
      refuse: (site) => (site.before && next() < chance ? (next() < 0.5 ? "unwind" : "not-entered") : null),
    };
    same(plain, new Machine(chunk, policy, 5_000_000).run(0, args), `jit, round ${round}`, seed);
  }
  same(plain, new Machine(chunk, { fn: (fn) => get(fn, -1, "aot") }, 5_000_000).run(0, args), "aot", seed);
  return "same";
}
function same(a: Result, b: Result, how: string, seed: number): void {
  const show = (r: Result): string =>
    JSON.stringify(
      { ...r, globals: r.globals.map(shown), value: r.value === null ? null : shown(r.value) },
      (_, x: unknown) =>
        typeof x === "bigint"
          ? `${x}n`
          : Object.is(x, -0)
            ? "-0"
            : typeof x === "number" && !Number.isFinite(x)
              ? String(x)
              : x,
    );
  if (show(a) !== show(b)) throw new Error(`seed ${seed}, ${how}: expected\n${show(a)}\nbut got\n${show(b)}`);
}
/** All LOOP addresses of a chunk. */
export function loopsIn(chunk: Chunk): number[] {
  const list: number[] = [];
  for (const p of chunk.functions)
    for (let pc = p.codeStart; pc < p.codeEnd; pc += opAt(chunk.code, pc)!.size)
      if (opAt(chunk.code, pc)!.name === "LOOP") list.push(pc);
  return list;
}
