/**
 * Ways out of native code, counted and judged.
 *
 * The runtime counts each exit by the bytecode address at which the interpreter goes on: one u32 per code word. The op
 * that stands there says why native code was left: an op that can fail is a failed check, a CALL is the host's stack, a LOOP (or a
 * TAIL_CALL, which is a round) the end of a batch; anything else, and what lies outside of native units, the end of the loop. So counting costs two instructions in the runtime and none in
 * native code.
 *
 * `judge` decides what a unit's last entries say about it. Limits are per look, that is per 1,024 entries.
 */

import { opAt } from "../compiler/bytecode/ops.js";
import type { Chunk } from "../compiler/index.js";
import type { Unit } from "../compiler/native.js";
import type { Layout } from "./load.js";
import type { Reason } from "./reasons.js";

/** A unit with fewer rounds per entry is too small: what is around it should be native. */
const SHORT_ROUNDS = 100;
/** A unit that leaves by failed checks in more than this part of its entries does not pay. */
const FRUITLESS_PART = 0.5;

export interface ExitCount {
  readonly pc: number;
  readonly reason: Reason;
  readonly count: number;
}

/** What happened to a unit since the engine looked at it last. */
export interface Look {
  readonly entries: number;
  readonly rounds: number;
  /** Exits by failed checks inside the unit. */
  readonly failedChecks: number;
}
export type Verdict = "keep" | "outgrow" | "drop";

/** Keep the unit, ask for what is around it, or take it away because it is left again and again. */
export function judge(look: Look): Verdict {
  if (look.entries === 0) return "keep";
  if (look.rounds / look.entries >= SHORT_ROUNDS) return "keep";
  return look.failedChecks > look.entries * FRUITLESS_PART ? "drop" : "outgrow";
}

const BY_CODE: Readonly<Record<string, Reason>> = {
  E0001: "exit.div-zero",
  E0004: "exit.overflow",
  E0006: "exit.div-zero",
  E0007: "exit.cast",
  E0002: "exit.index",
  "E0002.1": "exit.index",
  "E0002.2": "exit.index",
  "E0002.3": "exit.index",
  E0008: "exit.unwind",
  E0009: "exit.memory",
  E0012: "exit.zero-step",
  E0018: "exit.no-value",
};

/** Why native code was left, from the instruction at which the interpreter goes on; `units` are the compiled ones. */
export function reasonAt(chunk: Chunk, pc: number, units: readonly Unit[]): Reason {
  const ended = chunk.loops.some((l) => l.end === pc && units.some((u) => u.loopPc === l.pc));
  if (ended || !units.some((u) => isInside(chunk, u, pc))) return "exit.loop-end";
  const op = opAt(chunk.code, pc);
  if (op === undefined) return "exit.loop-end";
  if (op.name === "LOOP" || op.name === "TAIL_CALL") return "exit.batch";
  return BY_CODE[op.fails?.[0] ?? ""] ?? "exit.loop-end";
}
export function isInside(chunk: Chunk, unit: Unit, pc: number): boolean {
  const [from, to] = rangeOf(chunk, unit);
  return from <= pc && pc < to;
}
/** The code of a unit: a loop from its LOOP on, or a function. */
export function rangeOf(chunk: Chunk, unit: Unit): readonly [from: number, to: number] {
  if (unit.loopPc >= 0) return [unit.loopPc, chunk.loops.find((l) => l.pc === unit.loopPc)!.end];
  const { codeStart, codeEnd } = chunk.functions[unit.fn]!;
  return [codeStart, codeEnd];
}
const isFailedCheck = (reason: Reason): boolean =>
  reason !== "exit.loop-end" && reason !== "exit.batch" && reason !== "exit.unwind";

/** The counters of one program, in memory at `base`: one per word of code. */
export class ExitCounters {
  constructor(
    private readonly chunk: Chunk,
    readonly base: number,
    private readonly view: () => DataView,
  ) {}

  /** Bytes that the counters of a chunk take. */
  static size(chunk: Chunk): number {
    return 4 * chunk.code.length;
  }
  /** What the runtime adds to a bytecode address to find its counter. */
  offsetFrom(map: Layout): number {
    return (this.base - map.codeBase) >>> 0;
  }

  /** Every place that was left to, with its reason, in code order. */
  list(units: readonly Unit[], [from, to]: readonly [number, number] = [0, this.chunk.code.length]): ExitCount[] {
    const counts = new Uint32Array(this.view().buffer, this.base, this.chunk.code.length);
    const found: ExitCount[] = [];
    for (let pc = from; pc < to; pc++) {
      if (counts[pc] !== 0) found.push({ pc, reason: reasonAt(this.chunk, pc, units), count: counts[pc]! });
    }
    return found;
  }
  /** Exits by failed checks inside a unit. */
  failedChecks(unit: Unit): number {
    return this.list([unit], rangeOf(this.chunk, unit))
      .filter((e) => isFailedCheck(e.reason))
      .reduce((sum, e) => sum + e.count, 0);
  }
}
