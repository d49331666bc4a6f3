/**
 * The reference evaluator: runs SSA as ops.ts describes it, slowly and plainly. Tests compare it with the interpreter, and
 * optimised functions with unoptimised ones.
 *
 * A Func says nothing about memory, so the evaluator is given a `Host`: module variables, calls, printing, charging. A
 * reference is whatever the host uses for one (tests use the text itself).
 */
import { compute, LEAVES, type Num } from "./arith.js";
import type { Edge, FrameState, Func, Value } from "./ir.js";
import type { SsaOp } from "./ops.js";

export type RunValue = Num | string;
export interface Frame {
  readonly fn: number;
  readonly pc: number;
  readonly offset: number;
  readonly registers: ReadonlyMap<number, RunValue>;
}
export type Outcome =
  | { readonly kind: "return"; readonly value: RunValue | null }
  /** JIT: left to the interpreter, which goes on in the innermost frame. */
  | { readonly kind: "exit"; readonly frames: readonly Frame[]; readonly reason: string; readonly pc: number }
  /** Ended in a tail call. */
  | { readonly kind: "tail"; readonly fn: number; readonly args: readonly RunValue[]; readonly pc: number }
  /** AOT: a failed check; `op` and `aux` say which. JIT: a call or print that failed. */
  | {
      readonly kind: "error";
      readonly op: SsaOp;
      /** Operands of the failed check. */
      readonly args: readonly RunValue[];
      readonly aux: Value["aux"];
      readonly pc: number;
      readonly inlined: readonly number[];
    };

/** How a call ended: with a value (null: none), an error, before it began, or with all frames above stored. */
export type CallOutcome = { readonly value: RunValue | null } | "error" | "not-entered" | "unwind";

export interface Host {
  readonly globals: RunValue[];
  /** The reference of a string constant. */
  string(index: number): RunValue;
  call(fn: number, args: readonly RunValue[], site: Value): CallOutcome;
  /** False: writing failed. */
  print(helper: string, args: readonly RunValue[]): boolean;
  /** A runtime function that allocates, or `stringLength`; null: out of memory. */
  runtime(helper: string, args: readonly RunValue[]): RunValue | null;
  /** False: leave here uncharged. */
  charge(site: Value): boolean;
  /** Whether calls may still be made this many levels below this activation. */
  deepEnough?(levels: number): boolean;
  /** Called before each op with a frame state; true leaves as if its check had failed. */
  force?(site: Value): boolean;
}
export interface Input {
  /** Parameters in source order, or registers of the window for a loop region. */
  readonly params?: readonly RunValue[];
  readonly registers?: ReadonlyMap<number, RunValue>;
  /** Operations to execute at most; an Error beyond. */
  readonly limit?: number;
}

/** Runs `f` to its end. */
export function evaluate(f: Func, host: Host, input: Input): Outcome {
  const values = new Map<Value, RunValue>();
  const get = (v: Value): RunValue => {
    const x = values.get(v);
    if (x === undefined) throw new Error(`v${v.id} has no value`);
    return x;
  };
  const leave = (state: FrameState, reason: string, pc: number): Outcome => ({
    kind: "exit",
    reason,
    pc,
    frames: state.frames.map((fr) => ({ ...fr, registers: new Map([...fr.registers].map(([r, v]) => [r, get(v)])) })),
  });
  const failed = (v: Value): Outcome =>
    v.state
      ? leave(v.state, v.op, v.pc)
      : { kind: "error", args: v.args.map(get), op: v.op as SsaOp, aux: v.aux, pc: v.pc, inlined: v.inlined };
  const follow = (e: Edge): void => {
    const args = e.args.map(get);
    e.to.params.forEach((p, i) => {
      values.set(p, args[i]!);
    });
    block = e.to;
  };
  let block = f.entry;
  let left = input.limit ?? 10_000_000;
  for (;;) {
    for (const v of block.values) {
      if (--left < 0) throw new Error("too many operations");
      const outcome = step(v);
      if (outcome) return outcome;
    }
    const t = block.term;
    if (--left < 0) throw new Error("too many operations");
    if (t.kind === "jump") follow(t.edge);
    else if (t.kind === "branch") follow(get(t.cond) !== 0 ? t.then : t.otherwise);
    else if (t.kind === "return") return { kind: "return", value: t.value ? get(t.value) : null };
    else if (t.kind === "exit") return leave(t.state, t.reason, t.pc);
    else throw new Error(`b${block.id} ends in unreachable`);
  }

  function step(v: Value): Outcome | null {
    if (v.state && host.force?.(v)) return leave(v.before ?? v.state, `forced ${v.op}`, v.pc);
    const args = v.args.map(get);
    switch (v.op) {
      case "const.i32":
      case "const.i64":
      case "const.f64":
        values.set(v, v.aux as Num);
        return null;
      case "const.ref":
        values.set(v, host.string(v.aux as number));
        return null;
      case "param":
        values.set(v, input.params![v.aux as number]!);
        return null;
      case "load.reg":
        values.set(v, input.registers!.get(v.aux as number)!);
        return null;
      case "global.get":
        values.set(v, host.globals[v.aux as number]!);
        return null;
      case "global.set":
        host.globals[v.aux as number] = args[0]!;
        return null;
      case "string.length":
      case "runtime": {
        const result = host.runtime(v.op === "runtime" ? (v.aux as string) : "stringLength", args);
        if (result === null) return failed(v);
        values.set(v, result);
        return null;
      }
      case "ref.eq":
        values.set(v, args[0] === args[1] ? 1 : 0);
        return null;
      case "select":
        values.set(v, args[args[0] !== 0 ? 1 : 2]!);
        return null;
      case "print":
        return host.print(v.aux as string, args)
          ? null
          : { kind: "error", args: v.args.map(get), op: v.op, aux: v.aux, pc: v.pc, inlined: v.inlined };
      case "charge":
        return host.charge(v) ? null : failed(v);
      case "check.depth":
        return host.deepEnough?.(v.aux as number) === false ? failed(v) : null;
      case "check.budget":
        return null;
      case "tailcall":
        return { kind: "tail", fn: v.aux as number, args, pc: v.pc };
      case "call":
        return call(v, args);
      case "block.param":
        throw new Error("a parameter among the values");
      default: {
        const result = compute(v.op, args as Num[], v.aux);
        if (result === null) throw new Error(`cannot evaluate ${v.op}`);
        if (result === LEAVES) return failed(v);
        if (v.type !== null) values.set(v, result as Num);
        return null;
      }
    }
  }
  function call(v: Value, args: RunValue[]): Outcome | null {
    const outcome = host.call(v.aux as number, args, v);
    if (outcome === "not-entered")
      return v.before
        ? leave(v.before, "call", v.pc)
        : { kind: "error", args: v.args.map(get), op: "call", aux: v.aux, pc: v.pc, inlined: v.inlined };
    if (outcome === "unwind") return leave(v.state!, "unwind", v.pc);
    if (outcome === "error")
      return { kind: "error", args: v.args.map(get), op: "call", aux: v.aux, pc: v.pc, inlined: v.inlined };
    if (v.type !== null) values.set(v, outcome.value!);
    return null;
  }
}
