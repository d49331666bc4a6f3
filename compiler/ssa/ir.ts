/**
 * The SSA form: a function (or one hot loop) as a graph of blocks with parameters. Values are objects linked to their
 * arguments; control leaves a block by its terminator only, or by an op with a frame state.
 *
 * The entry block has no parameters and no predecessors; it holds the constants, `param`s or `load.reg`s, and a whole
 * function's first charge (its depth check before that is no op: the back end emits it). A loop region (`loopPc` >= 0) never returns: it leaves by `exit` only, and its loop
 * header begins with the charge of the LOOP. The graph is reducible: every cycle has one entry block.
 * What verify.ts checks is what other code may rely on.
 */
import type { Rep } from "../analysis/types.js";
import { EXTENDED, type ExtendedName, type ExtendedRow } from "../bytecode/extended.js";
import { SSA_OPS, type SsaOp, type SsaRow, type Ty } from "./ops.js";

/** One interpreter frame at a place: which value each live register has. Registers not listed are dead there. */
export interface FrameValues {
  /** Function index. */
  readonly fn: number;
  /** Bytecode address (word index) at which this frame goes on: for inner frames' callers, the word after the CALL. */
  readonly pc: number;
  /** First register of this window relative to the outermost frame's register 0 (0 for the outermost). */
  readonly offset: number;
  readonly registers: Map<number, Value>;
}
/**
 * What the interpreter needs to go on at a place. frames[0] is the compiled function or the loop's function; further
 * ones are inlined callees, outermost first.
 */
export interface FrameState {
  frames: FrameValues[];
}

export class Value {
  block: Block | null = null;
  /** Frame state of an op with `exits` (JIT; `print` has none), else null. For AOT, `pc` and `inlined` give the place. */
  state: FrameState | null = null;
  /** Only `call`: the state before the call (outgoing registers included), for STATUS.NOT_ENTERED; `state` is the one after it. */
  before: FrameState | null = null;
  constructor(
    readonly id: number,
    public op: SsaOp | "block.param",
    public type: Ty | null,
    public args: Value[] = [],
    public aux: number | bigint | string | null = null,
    /** Bytecode address this came from, -1: none. */
    public pc: number = -1,
  ) {}
  get row(): SsaRow | null {
    return this.op === "block.param" ? null : SSA_OPS[this.op];
  }
  /** Only calls and helpers, inside of a `try`: an error that may be caught does not leave the function; a `failed` follows. */
  handled = false;
  /** Representation where it matters beyond the wasm type (homes of references, signedness in dumps). */
  rep: Rep | null = null;
  /** Only `load.reg`: bounds of the integer (signed) that hold whenever the loop is entered. */
  range: { readonly lo: bigint; readonly hi: bigint } | null = null;
  /** Chain of inlined call sites around this op: bytecode addresses of CALLs, outermost first. */
  inlined: readonly number[] = [];
}

export interface Edge {
  to: Block;
  /** One per parameter of `to`. */
  args: Value[];
}
export type Terminator =
  | { kind: "jump"; edge: Edge }
  | { kind: "branch"; cond: Value; then: Edge; otherwise: Edge; likely?: boolean }
  | { kind: "return"; value: Value | null }
  /** Only JIT. Leaves native code for the interpreter at a place (loop regions: the loop's exits; cold paths). */
  | { kind: "exit"; state: FrameState; reason: string; pc: number }
  | { kind: "unreachable" };

/** A branch terminator. */
export const branchTo = (
  cond: Value,
  then: Edge,
  otherwise: Edge,
  likely?: boolean,
): Terminator & { kind: "branch" } =>
  likely === undefined ? { kind: "branch", cond, then, otherwise } : { kind: "branch", cond, then, otherwise, likely };

export class Block {
  params: Value[] = [];
  private list: Value[] = [];
  /** What `prepend` was given since `values` was last looked at, the last one first in the block. */
  private early: Value[] = [];
  term: Terminator = { kind: "unreachable" };
  /** Predecessor blocks, one entry per incoming edge; kept by `Func.computePreds`. */
  preds: Block[] = [];
  constructor(readonly id: number) {}

  get values(): Value[] {
    if (this.early.length > 0) {
      // In place: whoever holds the array sees them.
      const rest = this.list.splice(0);
      for (const v of this.early.reverse()) this.list.push(v);
      for (const v of rest) this.list.push(v);
      this.early = [];
    }
    return this.list;
  }
  set values(list: Value[]) {
    this.early = [];
    this.list = list;
  }
  /** Puts a value before all others; many of them cost no more than one, as long as nothing looks at `values`. */
  prepend(v: Value): void {
    this.early.push(v);
  }
}

/** What constants there are: `const.KIND`. */
export type ConstantKind = Ty | "type" | "variant" | "fn";
/** The kind of a constant. */
export const kindOf = (v: Value): ConstantKind => v.op.slice("const.".length) as ConstantKind;

export class Func {
  blocks: Block[] = [];
  entry!: Block;
  private nextValue = 0;
  private nextBlock = 0;
  private readonly constants = new Map<string, Value>();
  constructor(
    /** Function index in the chunk. */
    readonly fn: number,
    /** Address of the LOOP at which a loop region is entered; -1: a whole function. */
    readonly loopPc: number,
    readonly params: readonly Rep[],
    readonly result: Rep | null,
    /** jit: checks exit to the interpreter; aot: checks end the function with an error. */
    readonly mode: "jit" | "aot",
  ) {}
  newBlock(): Block {
    const b = new Block(this.nextBlock++);
    this.blocks.push(b);
    return b;
  }
  newValue(op: Value["op"], type: Ty | null, args: Value[] = [], aux: Value["aux"] = null, pc = -1): Value {
    return new Value(this.nextValue++, op, type, args, aux, pc);
  }
  /**
   * The one value of a constant, in the entry block. i32 in any signedness, i64 and any as bigint; ref and what the chunk's tables
   * have: their index.
   */
  constant(kind: ConstantKind, value: number | bigint): Value {
    const long = kind === "i64" || kind === "any";
    const aux = long ? BigInt.asIntN(64, BigInt(value)) : kind === "i32" ? Number(value) | 0 : Number(value);
    const key = `${kind} ${Object.is(aux, -0) ? "-0" : aux}`;
    const known = this.constants.get(key);
    if (known?.block === this.entry) return known;
    const made = known ?? this.newValue(`const.${kind}`, SSA_OPS[`const.${kind}`].result, [], aux);
    made.block = this.entry;
    this.entry.prepend(made);
    this.constants.set(key, made);
    return made;
  }
  /** For the parser: a value or block with a given number; constants are found again by `constant`. */
  adoptValue(v: Value): void {
    this.nextValue = Math.max(this.nextValue, v.id + 1);
    if (isConstant(v) && v.block === this.entry)
      this.constants.set(`${kindOf(v)} ${Object.is(v.aux, -0) ? "-0" : v.aux}`, v);
  }
  adoptBlock(b: Block): void {
    this.nextBlock = Math.max(this.nextBlock, b.id + 1);
    this.blocks.push(b);
  }
  /** Recomputes predecessor lists from the terminators. */
  computePreds(): void {
    for (const b of this.blocks) b.preds = [];
    for (const b of this.blocks) for (const e of successors(b)) e.to.preds.push(b);
  }
}

export function successors(b: Block): Edge[] {
  switch (b.term.kind) {
    case "jump":
      return [b.term.edge];
    case "branch":
      return [b.term.then, b.term.otherwise];
    default:
      return [];
  }
}
/** `const.*`: repeated at each use by the back end. */
export const isConstant = (v: Value): boolean => v.op.startsWith("const.");
/** What the function of a `helper` does: the row of its extended op. */
export const helperRow = (v: Value): ExtendedRow => EXTENDED[v.aux as ExtendedName];
/** Neither a place in the effect chain nor a check: may be computed anywhere, or not at all. */
export function isPure(v: Value): boolean {
  if (v.op === "helper") return helperRow(v).effects === undefined && helperRow(v).fails === undefined;
  return v.row !== null && (v.row.effect === undefined || v.op === "load.reg") && v.row.exits !== true;
}
/** Like a pure one it may go when nothing needs its result: nothing depends on its having happened. */
export function isRemovable(v: Value): boolean {
  if (v.op !== "helper") return isPure(v) || (v.row?.effect === "reads" && v.row.exits !== true);
  const { effects, fails } = helperRow(v);
  return fails === undefined && (effects ?? []).every((e) => e === "reads" || e === "allocates");
}
/** Whether a collection may happen while it is done. */
export const mayCollect = (v: Value): boolean =>
  v.op === "helper"
    ? (helperRow(v).effects?.includes("allocates") ?? false)
    : isCall(v) || v.op === "runtime" || v.op === "runtime.raw";
/** Calls of Orus functions that come back. */
export const isCall = (v: Value): boolean => v.op === "call" || v.op === "call.value";
/** Calls in our place. */
export const isTailCall = (v: Value): boolean => v.op === "tailcall" || v.op === "tailcall.value";
/** Ops that happen once and are never repeated: without a frame state also in JIT. */
export const happensOnce = (v: Value): boolean => v.op === "print" || v.op === "helper";
export const wasmType = (ty: Ty): "i32" | "i64" | "f64" => (ty === "ref" ? "i32" : ty === "any" ? "i64" : ty);
/** Whether a value may be a reference: one that the collector has to find. */
export const mayRefer = (ty: Ty | null): boolean => ty === "ref" || ty === "any";
export const tyOf = (rep: Rep): Ty =>
  rep === "ref" || rep === "any" ? rep : rep === "f64" ? "f64" : rep === "i64" || rep === "u64" ? "i64" : "i32";
