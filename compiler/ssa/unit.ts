/**
 * A unit of native code as SSA. For a loop region it first looks at the whole function: what is known of a register
 * whenever the LOOP is reached, in whatever tier, is lost in the region, which starts by loading it.
 *
 *   n = 1000000                  the region of this loop alone would not know that the limit is a constant,
 *   for i in 0..n:               nor that i is never negative
 *       total += i % 4
 *
 * The facts of a function are computed once (intervals at each LOOP, from ranges.ts) and kept with the chunk.
 */
import type { Chunk } from "../bytecode/chunk.js";
import { type BuildOptions, type BuildUnit, buildSsa as build, type Failed, MAX_INSTRUCTIONS } from "./build.js";
import type { Interval } from "./intervals.js";
import { equal, fullOf } from "./intervals.js";
import type { Func } from "./ir.js";
import { params } from "./passes/params.js";
import { simplify } from "./passes/simplify.js";
import { Ranges } from "./ranges.js";

/** Intervals of integer registers at a LOOP, by its address. */
type Facts = ReadonlyMap<number, ReadonlyMap<number, Interval>>;
const NONE: Facts = new Map();
const known = new WeakMap<Chunk, Map<number, Facts>>();

/** Builds the SSA of a unit. The bytecode must be verified. */
export function buildSsa(
  chunk: Chunk,
  unit: BuildUnit,
  mode: "jit" | "aot",
  options: BuildOptions = {},
): Func | Failed {
  if (unit.loopPc < 0) return build(chunk, unit, mode, options);
  return build(chunk, unit, mode, { ...options, facts: factsOf(chunk, unit.fn).get(unit.loopPc) ?? new Map() });
}

function factsOf(chunk: Chunk, fn: number): Facts {
  let functions = known.get(chunk);
  if (!functions) known.set(chunk, (functions = new Map()));
  let facts = functions.get(fn);
  if (!facts) functions.set(fn, (facts = compute(chunk, fn)));
  return facts;
}

function compute(chunk: Chunk, fn: number): Facts {
  // JIT form: the state of a LOOP's charge says which value each live register has there.
  const f = build(chunk, { fn, loopPc: -1 }, "jit", { maxInstructions: MAX_INSTRUCTIONS });
  if ("failed" in f) return NONE;
  params(f);
  simplify(f);
  const facts = new Map<number, ReadonlyMap<number, Interval>>();
  const ranges = new Ranges(f);
  ranges.visit(
    (v) => {
      if (v.op !== "charge" || v.aux !== "loop") return;
      const at = new Map<number, Interval>();
      for (const [r, x] of v.state!.frames[0]!.registers) {
        const range = ranges.at(x);
        if (range && !equal(range, fullOf(x.type)!)) at.set(r, range);
      }
      facts.set(v.pc, at);
    },
    () => {},
  );
  return facts;
}
