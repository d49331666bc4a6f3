/**
 * Bytecode to SSA, for a whole function or for a loop region that is entered at a LOOP.
 *
 *   LOOP 0                       b1(v3: i32, v4: i32):            registers live at a block with several
 *   ADD_I32 r1, r1, r0             charge loop @2                 predecessors become its parameters
 *   FOR_LT_I32 r0, r2, ->LOOP      v5: i32 = i32.add.check v4, v3 @8
 *                                  ...                            MOVE, LOAD_SPILL, STORE_SPILL rename only
 *
 * Blocks are translated in reverse post-order, so a block with one predecessor finds its registers' values there.
 * Parameters that turn out to have one value are removed by passes/params.ts.
 *
 * Charges: a LOOP gives one at its place; FOR_* jump to a LOOP and leave it to that one. A function's first op is a
 * charge. Without a budget word (AOT) there are none.
 *
 * A tail call of the function itself is a jump to its start, which makes it a loop; other tail calls end the function.
 *
 * A loop region is the natural loop around the LOOP, entered at the LOOP (which need not be the loop's header: the
 * condition may stand before it). Every way out of it is an `exit`. A LOOP that no jump repeats is a region of one block.
 *
 * Cost: linear in the unit's code and in live registers per block; in JIT also per check. What is looked at in all of the
 * function (ssa/flow.ts) is kept for its next unit.
 */
import type { Rep } from "../analysis/types.js";
import type { Chunk } from "../bytecode/chunk.js";
import { fieldAt, opAt } from "../bytecode/encode.js";
import {
  type Blocks,
  callAt,
  type FlowBlock,
  type Liveness,
  reversePostOrder,
  stepLiveness,
  type Types,
} from "../bytecode/flow.js";
import type { Op, OpName } from "../bytecode/ops.js";
import { parameterRegisters } from "../layout/frame.js";
import type { HelperName } from "../layout/helpers.js";
import { isReducible } from "./dominators.js";
import { type Flow, flowOf } from "./flow.js";
import { type Failure, failuresOf, runtimeFailed } from "./guards.js";
import type { Interval } from "./intervals.js";
import { type Block, branchTo, type Edge, type FrameState, Func, helperRow, tyOf, type Value } from "./ir.js";
import { objectOp } from "./objects.js";
import type { SsaOp } from "./ops.js";
import { instructions, type Region, regionOf } from "./region.js";
import { removeUnreachable } from "./rewrite.js";
import { frameAt } from "./state.js";
import { stringOp } from "./strings.js";
import {
  arithmetic,
  compare,
  type Emit,
  emptyRange,
  furtherRound,
  PRINTERS,
  partsOf,
  resultTy,
  THREE_WAY,
  unary,
} from "./translate.js";

export interface BuildUnit {
  readonly fn: number;
  /** Address of the LOOP to enter at; -1: the whole function. */
  readonly loopPc: number;
}
export interface BuildOptions {
  /** Charge for loop bodies and calls. Always in JIT; in AOT only with a budget word. Default: JIT. */
  readonly budget?: boolean;
  /** More instructions than this in the unit: `build.too-large`. Default: 4,000 in JIT, no limit in AOT. */
  readonly maxInstructions?: number;
  /** Loop regions: what is known of integer registers whenever the LOOP is reached. */
  readonly facts?: ReadonlyMap<number, Interval>;
}
/** Why there is no SSA; `detail` is for `--stats` and bug reports. */
export interface Failed {
  readonly failed: "build.too-large" | "build.failed";
  readonly detail: string;
}
export const MAX_INSTRUCTIONS = 4000;

type Env = Map<number, Value>;
/** Builds the SSA of a unit. The bytecode must be verified. */
export function buildSsa(
  chunk: Chunk,
  unit: BuildUnit,
  mode: "jit" | "aot",
  options: BuildOptions = {},
): Func | Failed {
  const flow = flowOf(chunk, unit.fn);
  const { blocks } = flow;
  const region = regionOf(blocks, flow.loops, unit.loopPc);
  if (!region) return { failed: "build.failed", detail: `no LOOP at ${unit.loopPc}` };
  const limit = options.maxInstructions ?? (mode === "jit" ? MAX_INSTRUCTIONS : Number.POSITIVE_INFINITY);
  let size = 0;
  for (const b of region.body) for (const _ of instructions(chunk, blocks.blocks[b]!)) size++;
  if (size > limit) return { failed: "build.too-large", detail: `${size} instructions` };
  try {
    const f = new Builder(chunk, unit, mode, options.budget ?? mode === "jit", flow, region, options.facts).build();
    return isReducible(f) ? f : { failed: "build.failed", detail: "a loop with two entries" };
  } catch (e) {
    // Failing to compile is never failing to run: the unit stays in the interpreter and the reason is counted.
    return { failed: "build.failed", detail: (e as Error).message };
  }
}

class Builder implements Emit {
  private readonly f: Func;
  private readonly blocks: Blocks;
  private readonly live: Liveness;
  private readonly types: readonly (Types | null)[];
  /** SSA blocks of bytecode blocks, and the registers that their parameters stand for. */
  private readonly made = new Map<number, Block>();
  private readonly paramRegisters = new Map<number, number[]>();
  /** Registers at the start of blocks with a single predecessor, left there by it. */
  private readonly envs = new Map<number, Env>();
  private block!: Block;
  private current!: FlowBlock;
  /** Where a tail call of the function itself goes on; null without one. */
  private start: Block | null = null;
  private env: Env = new Map();
  private pc = -1;
  /** Live registers before (CALL: also after) the instructions of the current block that need a state. */
  private before = new Map<number, readonly number[]>();
  private after = new Map<number, readonly number[]>();

  constructor(
    private readonly chunk: Chunk,
    private readonly unit: BuildUnit,
    private readonly mode: "jit" | "aot",
    private readonly budget: boolean,
    flow: Flow,
    private readonly region: Region,
    private readonly facts: BuildOptions["facts"],
  ) {
    this.blocks = flow.blocks;
    this.f = new Func(
      unit.fn,
      unit.loopPc,
      unit.loopPc < 0 ? flow.blocks.proto.params : [],
      unit.loopPc < 0 ? flow.blocks.proto.result : null,
      mode,
    );
    this.live = flow.live();
    this.types = flow.types();
  }

  build(): Func {
    const { f, region } = this;
    f.entry = f.newBlock();
    const inRegion = (b: number): readonly number[] => this.blocks.blocks[b]!.succs.filter((s) => region.body.has(s));
    const order = reversePostOrder(region.entry, inRegion);
    const incoming = new Map<number, number>([[region.entry, 1]]);
    for (const b of order) for (const s of inRegion(b)) incoming.set(s, (incoming.get(s) ?? 0) + 1);
    for (const b of order) {
      const block = f.newBlock();
      this.made.set(b, block);
      if (incoming.get(b)! < 2) continue;
      const registers = [...this.live.liveIn[b]!].sort((x, y) => x - y);
      this.paramRegisters.set(b, registers);
      const env: Env = new Map();
      for (const r of registers) {
        const param = this.value("block.param", this.repAt(b, r));
        param.block = block;
        block.params.push(param);
        env.set(r, param);
      }
      this.envs.set(b, env);
    }
    this.entry();
    for (const b of order) this.translate(this.blocks.blocks[b]!);
    // Handlers that nothing needed after all.
    removeUnreachable(f);
    f.computePreds();
    return f;
  }

  private repAt(b: number, r: number): Rep {
    const rep = this.types[b]?.get(r);
    if (!rep) throw new Error(`register ${r} has no type at ${this.blocks.blocks[b]!.start}`);
    return rep;
  }

  /** The entry block: parameters or the registers at the LOOP, the function's charge, a jump into the region. */
  private entry(): void {
    const { f, region, unit } = this;
    const env: Env = new Map();
    this.block = f.entry;
    this.env = env;
    this.pc = this.blocks.blocks[region.entry]!.start;
    if (unit.loopPc < 0) {
      const registers = parameterRegisters(this.blocks.proto.params);
      this.blocks.proto.params.forEach((rep, i) => {
        env.set(registers[i]!, this.append("param", [], rep, i));
      });
    } else
      for (const r of [...this.live.liveIn[region.entry]!].sort((x, y) => x - y))
        env.set(r, this.atEntry(r, this.repAt(region.entry, r)));
    // Module-level code is started, not called: it is no event.
    if (unit.loopPc < 0 && unit.fn !== 0) this.charge("entry", this.live.liveIn[region.entry]!);
    if (unit.loopPc < 0 && this.callsItself()) this.begin(env);
    this.block.term = { kind: "jump", edge: this.edgeTo(region.entry, this.env) };
  }
  /** A block behind the entry that tail calls of the function itself jump to, with its parameters. */
  private begin(env: Env): void {
    const start = (this.start = this.f.newBlock());
    const registers = parameterRegisters(this.blocks.proto.params);
    const args = registers.map((r) => env.get(r)!);
    this.block.term = { kind: "jump", edge: { to: start, args } };
    this.block = start;
    this.env = new Map();
    registers.forEach((r, i) => {
      const param = this.value("block.param", this.blocks.proto.params[i]!);
      param.block = start;
      start.params.push(param);
      this.env.set(r, param);
    });
  }
  private callsItself(): boolean {
    for (const b of this.region.body)
      for (const pc of instructions(this.chunk, this.blocks.blocks[b]!))
        if (opAt(this.chunk.code, pc)!.name === "TAIL_CALL" && callAt(this.chunk, pc).fn === this.unit.fn) return true;
    return false;
  }
  /** A register at the LOOP that a region is entered at. */
  private atEntry(r: number, rep: Rep): Value {
    const range = this.facts?.get(r);
    if (range && range.lo === range.hi) return this.f.constant(tyOf(rep), range.lo);
    const v = this.append("load.reg", [], rep, r);
    if (range) v.range = range;
    return v;
  }

  // Appending operations.

  private value(op: Value["op"], rep: Rep | null, args: Value[] = [], aux: Value["aux"] = null): Value {
    const ty = op === "block.param" ? tyOf(rep!) : resultTy(op, rep);
    const v = this.f.newValue(op, ty, args, aux, this.pc);
    v.rep = rep;
    return v;
  }
  private append(op: SsaOp, args: Value[], rep: Rep | null, aux: Value["aux"] = null): Value {
    const v = this.value(op, rep, args, aux);
    v.block = this.block;
    this.block.values.push(v);
    return v;
  }
  pure(op: SsaOp, args: Value[], rep: Rep, aux: Value["aux"] = null): Value {
    return this.append(op, args, rep, aux);
  }
  check(op: SsaOp, args: Value[], rep: Rep | null, aux: Value["aux"] = null): Value {
    if (this.handler() >= 0) {
      if (op === "runtime") return this.runtimeInTry(args, rep, aux as HelperName);
      for (const { when, code, or } of failuresOf(this, op, args, aux)) this.failIf(when, code, or);
      // An index: the test is all that there is.
      if (rep === null) return args[0]!;
    }
    const v = this.append(op, args, rep, aux);
    v.state = this.stateBefore();
    return v;
  }
  private runtimeInTry(args: Value[], rep: Rep | null, helper: HelperName): Value {
    const v = this.append("runtime.raw", args, rep, helper);
    this.failIf(runtimeFailed(this, helper, v), "E0009");
    return v;
  }

  // Errors inside of a `try` (guards.ts).

  /** Where an error of the current instruction goes on: index of a bytecode block; -1: out of the function. */
  private handler(): number {
    return this.pc === this.current.start ? this.current.handler : -1;
  }
  /** Goes on at the handler if `when` holds, with the error of `code`; null: one is pending. `or`: another code, and when. */
  private failIf(when: Value, code: string | null, or: Failure["or"] = null): void {
    const { f } = this;
    const failed = f.newBlock();
    const goesOn = f.newBlock();
    this.block.term = branchTo(when, { to: failed, args: [] }, { to: goesOn, args: [] }, false);
    this.block = failed;
    if (or) {
      const other = f.newBlock();
      const raises = f.newBlock();
      failed.term = branchTo(or.when(), { to: other, args: [] }, { to: raises, args: [] });
      this.block = other;
      this.raise(or.code);
      this.block = raises;
    }
    this.raise(code);
    this.block = goesOn;
  }
  private raise(code: string | null): void {
    if (code !== null) this.append("raise", [], null, code);
    this.block.term = { kind: "jump", edge: this.edgeTo(this.handler(), this.env) };
  }
  effect(op: SsaOp, args: Value[], rep: Rep | null, aux: Value["aux"] = null): Value {
    const v = this.append(op, args, rep, aux);
    if (op === "helper" && helperRow(v).fails && this.handler() >= 0) {
      v.handled = true;
      this.failIf(this.append("failed", [], "bool"), null);
    }
    return v;
  }
  constant(rep: Rep, value: number | bigint): Value {
    return this.f.constant(tyOf(rep), value);
  }
  address(kind: "type" | "variant" | "fn", index: number): Value {
    return this.f.constant(kind, index);
  }
  private stateBefore(): FrameState | null {
    return this.mode === "aot" ? null : frameAt(this.unit.fn, this.pc, this.before.get(this.pc)!, this.env);
  }
  private charge(what: "loop" | "entry" | "call", live: Iterable<number>): void {
    if (!this.budget) return;
    const v = this.append("charge", [], null, what);
    if (this.mode === "jit") v.state = frameAt(this.unit.fn, this.pc, live, this.env);
  }

  // Blocks and edges.

  private edgeTo(b: number, env: Env): Edge {
    const { region } = this;
    if (!region.body.has(b)) return { to: this.exitTo(b, env), args: [] };
    const registers = this.paramRegisters.get(b);
    if (!registers) this.envs.set(b, new Map(env));
    return { to: this.made.get(b)!, args: (registers ?? []).map((r) => this.read(r, env)) };
  }
  private exitTo(b: number, env: Env): Block {
    const to = this.blocks.blocks[b]!;
    const block = this.f.newBlock();
    block.term = {
      kind: "exit",
      state: frameAt(this.unit.fn, to.start, this.live.liveIn[b]!, env),
      reason: "exit.loop-end",
      pc: to.start,
    };
    return block;
  }
  private read(r: number, env: Env = this.env): Value {
    const v = env.get(r);
    if (!v) throw new Error(`register ${r} has no value at ${this.pc}`);
    return v;
  }

  private translate(b: FlowBlock): void {
    this.block = this.made.get(b.index)!;
    this.current = b;
    this.env = this.envs.get(b.index)!;
    this.envs.delete(b.index);
    this.recordLiveness(b);
    for (const pc of instructions(this.chunk, b)) {
      this.pc = pc;
      this.instruction(b, pc, opAt(this.chunk.code, pc)!);
    }
    const op = opAt(this.chunk.code, b.last)!;
    if (op.flow === undefined || op.flow === "call")
      this.block.term = { kind: "jump", edge: this.edgeTo(b.succs[0]!, this.env) };
    // A handler that nothing here goes to after all was counted as a way on.
    if (b.handler >= 0 && !this.envs.has(b.handler) && !this.paramRegisters.has(b.handler))
      this.unreachedHandler(b.handler);
  }
  /** A handler with one way in, which the translation did not need: it keeps an environment, and nothing jumps to it. */
  private unreachedHandler(handler: number): void {
    if (this.region.body.has(handler)) this.envs.set(handler, new Map(this.env));
  }

  private recordLiveness(b: FlowBlock): void {
    this.before = new Map();
    this.after = new Map();
    if (this.mode === "aot") return;
    const live = new Set(this.live.liveOut[b.index]!);
    for (const pc of [...instructions(this.chunk, b)].reverse()) {
      const op = opAt(this.chunk.code, pc)!;
      if (op.flow === "call") {
        const call = callAt(this.chunk, pc);
        this.after.set(
          pc,
          [...live].filter((r) => !(call.callee.result && r === call.dest)),
        );
      }
      stepLiveness(this.chunk, pc, live);
      if (b.handler >= 0 && pc === b.start) for (const r of this.live.liveIn[b.handler]!) live.add(r);
      if (op.fails || op.name === "LOOP" || op.flow === "return") this.before.set(pc, [...live]);
    }
  }

  // Instructions.

  private instruction(b: FlowBlock, pc: number, op: Op): void {
    const values = op.list.map((o) => fieldAt(this.chunk.code, pc, op, o));
    const source = (i: number): Value => this.read(values[i]!);
    const define = (v: Value): void => {
      this.env.set(values[0]!, v);
    };
    const name = op.name;
    switch (name) {
      case "MOVE":
        define(source(1));
        return;
      case "LOAD_SPILL":
        define(source(1));
        return;
      case "STORE_SPILL":
        this.env.set(values[1]!, source(0));
        return;
      case "LOAD_IMM_I32":
        define(this.constant("i32", values[1]!));
        return;
      case "LOAD_IMM_I64":
        define(this.constant("i64", values[1]!));
        return;
      case "LOAD_K":
        define(this.pool(values[1]!));
        return;
      case "LOAD_GLOBAL":
        define(this.append("global.get", [], this.chunk.globals[values[1]!]!.type, values[1]!));
        return;
      case "STORE_GLOBAL":
        this.append("global.set", [source(0)], null, values[1]!);
        return;
      case "CHECK_VALUE":
        this.check("check.true", [source(0)], null, "E0018");
        return;
      case "LOOP":
        this.charge("loop", this.before.get(pc) ?? []);
        return;
      case "CALL":
      case "CALL_VALUE":
        this.call(pc);
        return;
      case "TAIL_CALL":
      case "TAIL_CALL_VALUE":
        this.tailCall(pc);
        return;
      case "RETURN":
      case "RETURN_VOID":
        this.leave(name === "RETURN" ? source(0) : null);
        return;
      case "JUMP":
        this.block.term = { kind: "jump", edge: this.edgeTo(b.succs[0]!, this.env) };
        return;
      case "JUMP_IF":
        this.branch(b, source(0));
        return;
      case "JUMP_IF_NOT":
        this.branch(b, source(0), true);
        return;
    }
    if (this.print(name, values)) return;
    const made =
      stringOp(this, this.mode === "aot" || this.handler() >= 0, name, source) ?? objectOp(this, op, values, source);
    if (made) {
      if (made !== "done") define(made);
      return;
    }
    const threeWay = THREE_WAY[name];
    if (threeWay) {
      define(this.pure(threeWay, [source(1), source(2)], "i32"));
      return;
    }
    this.regular(b, name, values);
  }

  /** Ops whose meaning is in the parts of their name. */
  private regular(b: FlowBlock, name: OpName, values: readonly number[]): void {
    const source = (i: number): Value => this.read(values[i]!);
    const { family, how, rep, imm } = partsOf(name);
    if (rep && how && family === "JUMP") {
      this.branch(b, compare(this, how, rep, source(0), imm ? this.constant(rep, values[1]!) : source(1)));
    } else if (rep && how && family.startsWith("FOR")) {
      this.range(b, family, how, rep, source(0), source(1), family === "FOR" ? null : source(2), values[0]!);
    } else if (rep && how) {
      this.env.set(values[0]!, compare(this, how, rep, source(1), source(2)));
    } else if (rep && ["ADD", "SUB", "MUL", "DIV", "REM"].includes(family)) {
      const right = imm ? this.constant(rep, values[2]!) : source(2);
      const cannotTrap = imm && values[2] !== 0 && values[2] !== -1;
      this.env.set(values[0]!, arithmetic(this, family, rep, source(1), right, cannotTrap));
    } else {
      const v = unary(this, name, source(1));
      if (!v) throw new Error(`no translation of ${name}`);
      this.env.set(values[0]!, v);
    }
  }

  private pool(index: number): Value {
    const k = this.chunk.constants[index]!;
    return k.type === "ref" ? this.constant("ref", index) : this.constant(k.type, k.value);
  }

  private print(name: OpName, values: readonly number[]): boolean {
    const helper = PRINTERS[name];
    if (!helper) return false;
    const args =
      name === "PRINT_END"
        ? []
        : name === "PRINT_TEXT"
          ? [this.pool(values[0]!)]
          : values.map((x, i) => (i === 0 ? this.read(x) : this.constant("i32", x)));
    // A print happens once: what may fail before it is an operation of its own.
    if (name === "PRINT_STRING") args[0] = this.check("runtime", [...args], "ref", "stringPrintable");
    this.append("print", args, null, helper);
    return true;
  }

  private call(pc: number): void {
    const { callee, fn, args, dest } = callAt(this.chunk, pc);
    const v = this.append(
      fn < 0 ? "call.value" : "call",
      args.map((r) => this.read(r)),
      callee.result,
      fn < 0 ? this.chunk.code[pc + 1]! : fn,
    );
    if (this.mode === "jit") {
      v.before = this.stateBefore();
      v.state = frameAt(this.unit.fn, pc + opAt(this.chunk.code, pc)!.size, this.after.get(pc)!, this.env);
    }
    if (this.handler() >= 0) {
      v.handled = true;
      this.failIf(this.append("failed", [], "bool"), null);
    }
    if (callee.result) this.env.set(dest, v);
  }

  /** A call in our place: a jump to the start for ourselves; the interpreter's business in a loop region. */
  private tailCall(pc: number): void {
    if (this.unit.loopPc >= 0) {
      this.leave(null);
      return;
    }
    const { fn, args } = callAt(this.chunk, pc);
    const values = args.map((r) => this.read(r));
    if (fn === this.unit.fn) {
      this.charge("call", this.before.get(pc) ?? []);
      this.block.term = { kind: "jump", edge: { to: this.start!, args: values } };
      return;
    }
    const state = this.stateBefore();
    if (this.budget) this.append("check.budget", [], null).state = state;
    if (fn < 0) this.append("tailcall.value", values, null, this.chunk.code[pc + 1]!).state = state;
    else this.append("tailcall", values, null, fn).state = state;
    this.block.term = { kind: "unreachable" };
  }

  private leave(value: Value | null): void {
    if (this.unit.loopPc < 0) {
      this.block.term = { kind: "return", value };
      return;
    }
    // A loop region's entry cannot return from its frame: the interpreter does.
    this.block.term = { kind: "exit", state: this.stateBefore()!, reason: "exit.loop-end", pc: this.pc };
  }

  /** Two-way end of a block; `taken` are the registers if the jump is taken. */
  private branch(b: FlowBlock, cond: Value, inverted = false, taken: Env = this.env): void {
    const there = this.edgeTo(b.succs[0]!, taken);
    const next = this.edgeTo(b.succs[1]!, this.env);
    this.block.term = inverted ? branchTo(cond, next, there) : branchTo(cond, there, next);
  }

  private range(
    b: FlowBlock,
    family: string,
    how: "LT" | "LE" | string,
    rep: Rep,
    a: Value,
    end: Value,
    step: Value | null,
    counter: number,
  ): void {
    const order = how === "LT" ? "LT" : "LE";
    const add = `${tyOf(rep)}.add` as SsaOp;
    if (family === "FOR_PREP") {
      this.check("check.true", [compare(this, "NE", rep, step!, this.constant(rep, 0))], null, "E0012");
      this.branch(b, emptyRange(this, order, rep, a, end, step!));
      return;
    }
    // The counter stays inside its range, so these additions never overflow: they need no check.
    const next = (): Value => this.pure(add, [a, step ?? this.constant(rep, 1)], rep);
    let cond: Value;
    let value: Value;
    if (step) {
      cond = furtherRound(this, order, rep, a, end, step);
      value = next();
    } else if (order === "LT") {
      value = next();
      cond = compare(this, "LT", rep, value, end);
    } else {
      cond = compare(this, "LT", rep, a, end);
      value = next();
    }
    this.branch(b, cond, false, new Map(this.env).set(counter, value));
  }
}
