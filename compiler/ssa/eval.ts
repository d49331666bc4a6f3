/**
 * The reference evaluator: runs SSA as ops.ts describes it, slowly and plainly. Tests compare it with the interpreter, and
 * optimised functions with unoptimised ones.
 *
 * A Func says nothing about memory, so the evaluator is given a `Host`: module variables, objects, calls, printing, charging. A
 * reference is whatever the host uses for one (tests use the text itself for strings), and so is an `any`.
 */
import { compute, LEAVES, type Num } from "./arith.js";
import type { Edge, FrameState, Func, Value } from "./ir.js";
import type { SsaOp } from "./ops.js";

export type RunValue = Num | string | object;
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
  /** Ended in a tail call; `fn` -1: of the first argument. */
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
  /** The reference of a constant. */
  constant(index: number): RunValue;
  /** `fn` -1: the first argument is what is called. */
  call(fn: number, args: readonly RunValue[], site: Value): CallOutcome;
  /** False: writing failed. */
  print(helper: string, args: readonly RunValue[]): boolean;
  /** A runtime function that allocates, or `stringLength`; null: out of memory. */
  runtime(helper: string, args: readonly RunValue[]): RunValue | null;
  /** Loads and stores of arrays, structs, enum values, closures and cells. */
  load(v: Value, args: readonly RunValue[]): RunValue;
  store(v: Value, args: readonly RunValue[]): void;
  /** The function of an extended op; null: it failed, and the error is pending. */
  helper(v: Value, args: readonly RunValue[]): { readonly value: RunValue | null } | null;
  /** Sets the pending error. */
  raise(code: string, v: Value): void;
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
  /** What the last handled op left. */
  let pending = 0;
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
      case "const.type":
      case "const.variant":
      case "const.fn":
        values.set(v, v.aux as Num);
        return null;
      case "const.ref":
        values.set(v, host.constant(v.aux as number));
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
      case "array.length":
      case "array.data":
      case "array.load":
      case "slot.load":
      case "variant.load":
        values.set(v, host.load(v, args));
        return null;
      case "array.store":
      case "slot.store":
        host.store(v, args);
        return null;
      case "helper": {
        const result = host.helper(v, args);
        if (result === null && !v.handled) return failed(v);
        pending = result === null ? 1 : 0;
        if (v.type !== null && result?.value != null) values.set(v, result.value);
        return null;
      }
      case "failed":
        values.set(v, pending);
        return null;
      case "raise":
        host.raise(v.aux as string, v);
        return null;
      case "runtime.raw":
        values.set(v, host.runtime(v.aux as string, args)!);
        return null;
      case "ref.null":
        values.set(v, args[0] === 0 ? 1 : 0);
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
      case "tailcall.value":
        return { kind: "tail", fn: v.op === "tailcall" ? (v.aux as number) : -1, args, pc: v.pc };
      case "call":
      case "call.value":
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
    const outcome = host.call(v.op === "call" ? (v.aux as number) : -1, args, v);
    pending = 0;
    const error = (): Outcome | null => {
      if (!v.handled) return { kind: "error", args, op: v.op as SsaOp, aux: v.aux, pc: v.pc, inlined: v.inlined };
      pending = 1;
      return null;
    };
    if (outcome === "not-entered") {
      if (v.before) return leave(v.before, "call", v.pc);
      if (v.handled) host.raise("E0008", v);
      return error();
    }
    if (outcome === "unwind") return leave(v.state!, "unwind", v.pc);
    if (outcome === "error") return error();
    if (v.type !== null) values.set(v, outcome.value!);
    return null;
  }
}
