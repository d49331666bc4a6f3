/**
 * A plain interpreter of bytecode in TypeScript that can hand loops and calls to SSA functions and take over where they
 * leave. It is the judge of the SSA tests: whatever is compiled and wherever it is left, output, result, error and
 * number of charged events must be those of the interpreter alone.
 *
 * Registers that are not in a frame state are overwritten with nonsense on every exit, so a missing one is noticed.
 */
import { mayRefer } from "../../../../compiler/analysis/types.js";
import type { Chunk } from "../../../../compiler/bytecode/chunk.js";
import { fieldAt, opAt } from "../../../../compiler/bytecode/encode.js";
import type { ExtendedName } from "../../../../compiler/bytecode/extended.js";
import { blocksOf, type CallSite, callAt, livenessOf } from "../../../../compiler/bytecode/flow.js";
import { OP, OP_LIST, type OpName } from "../../../../compiler/bytecode/ops.js";
import { handlersOf } from "../../../../compiler/bytecode/places.js";
import { parameterRegisters } from "../../../../compiler/layout/frame.js";
import { compute, LEAVES, type Num } from "../../../../compiler/ssa/arith.js";
import {
  type CallOutcome,
  evaluate,
  type Host,
  type Outcome,
  type RunValue,
  type Frame as State,
} from "../../../../compiler/ssa/eval.js";
import type { Func, Value } from "../../../../compiler/ssa/ir.js";
import { errorCode } from "../../../../compiler/ssa/ops.js";
import { PRINTERS } from "../../../../compiler/ssa/translate.js";
import { type ArrayObject, type Done, Heap, SlotObject, shown } from "./heap.js";
import { runtime, stringOp } from "./strings.js";

export class OrusError extends Error {
  /** Addresses of the calls on the way out, innermost first. */
  readonly trace: number[] = [];
  constructor(
    readonly code: string,
    readonly pc: number,
  ) {
    super(code);
  }
}
export interface Policy {
  /** SSA for a loop or function, or null: interpret this time. */
  readonly loop?: (pc: number) => Func | null;
  readonly fn?: (fn: number) => Func | null;
  /** Leave at this check although it holds. */
  readonly force?: (site: Value) => boolean;
  /** Answer UNWIND or NOT_ENTERED to this call. */
  readonly refuse?: (site: Value) => "unwind" | "not-entered" | null;
}
export interface Result {
  readonly output: readonly string[];
  readonly value: RunValue | null;
  readonly error: string | null;
  readonly charges: number;
  readonly globals: readonly RunValue[];
}
interface Frame {
  readonly fn: number;
  readonly base: number;
  pc: number;
}
const POISON = "poison";
const UNSIGNED32 = (x: Num): number => (x as number) >>> 0;

export class Machine {
  readonly output: string[] = [];
  readonly globals: RunValue[];
  charges = 0;
  steps = 0;
  private readonly regs: RunValue[] = [];
  private readonly heap: Heap;
  /** A callee that answered UNWIND: the interpreter runs it on top of the stored frames. */
  private unwound: { fn: number; args: readonly RunValue[]; out: number } | null = null;

  constructor(
    readonly chunk: Chunk,
    readonly policy: Policy = {},
    readonly maxSteps = 200_000,
    readonly maxDepth = 60,
  ) {
    this.heap = new Heap(chunk);
    this.globals = chunk.globals.map((g) => (mayRefer(g.type) ? "" : g.type === "i64" || g.type === "u64" ? 0n : 0));
  }

  /** Runs a function to its end. */
  run(fn: number, args: readonly RunValue[]): Result {
    let value: RunValue | null = null;
    let error: string | null = null;
    try {
      value = this.call(fn, args, 0, 0);
    } catch (e) {
      if (!(e instanceof OrusError)) throw e;
      error = `${e.code}@${e.pc} ${e.trace.join(",")}`;
    }
    return { output: this.output, value, error, charges: this.charges, globals: this.globals };
  }

  private enterFrame(frames: Frame[], fn: number, args: readonly RunValue[], base: number): void {
    const proto = this.chunk.functions[fn]!;
    const registers = parameterRegisters(proto.params);
    for (let r = 0; r < proto.window + 40; r++) this.regs[base + r] = POISON;
    args.forEach((x, i) => {
      this.regs[base + registers[i]!] = x;
    });
    frames.push({ fn, base, pc: proto.codeStart });
  }
  private charge(): void {
    this.charges++;
  }
  /** A call from outside or from native code: charges, runs native or interpreted, gives the result. */
  private call(fn: number, args: readonly RunValue[], base: number, depth: number): RunValue | null {
    if (depth >= this.maxDepth) throw new OrusError("E0008", -1);
    const frames: Frame[] = [];
    const native = this.policy.fn?.(fn);
    if (native) {
      const outcome = evaluate(native, this.host(base, depth), { params: args, limit: 1_000_000 });
      const done = this.after(outcome, frames, base, depth, native);
      if (done === "not-entered") {
        if (fn !== 0) this.charge();
        this.enterFrame(frames, fn, args, base);
      } else if (done) return done.value;
    } else {
      if (fn !== 0) this.charge();
      this.enterFrame(frames, fn, args, base);
    }
    return this.interpret(frames, depth);
  }

  /** Takes over what native code left: frames go on `frames`; or its result. */
  private after(
    outcome: Outcome,
    frames: Frame[],
    base: number,
    depth: number,
    f: Func,
  ): { value: RunValue | null } | "not-entered" | null {
    if (outcome.kind === "return") return { value: outcome.value };
    if (outcome.kind === "tail") {
      this.charge();
      const fn = outcome.fn < 0 ? ((outcome.args[0] as SlotObject).link as number) : outcome.fn;
      this.enterFrame(frames, fn, outcome.args, base);
      return null;
    }
    if (outcome.kind === "error") {
      const error =
        this.pendingError ?? new OrusError(errorCode(outcome.op, outcome.aux, isFirst(outcome)), outcome.pc);
      if (this.pendingError && !this.raised) error.trace.push(outcome.pc);
      this.pendingError = null;
      this.raised = false;
      error.trace.push(...[...outcome.inlined].reverse());
      throw error;
    }
    const states: readonly State[] = outcome.frames;
    const proto = this.chunk.functions[f.fn]!;
    if (
      f.loopPc < 0 &&
      outcome.reason.endsWith("charge") &&
      states.length === 1 &&
      states[0]!.pc === proto.codeStart &&
      outcome.pc === proto.codeStart
    )
      return "not-entered";
    states.forEach((s, i) => {
      const outer = states[i - 1];
      if (outer && s.offset !== outer.offset + callAt(this.chunk, outer.pc - 2).out)
        throw new Error(`offset of frame ${i} at ${s.pc}`);
    });
    const top = states[states.length - 1]!;
    const end = base + top.offset + this.chunk.functions[top.fn]!.window + 40;
    for (let r = base; r < end; r++) this.regs[r] = POISON;
    for (const s of states) {
      for (const [r, x] of s.registers) this.regs[base + s.offset + r] = x;
      frames.push({ fn: s.fn, base: base + s.offset, pc: s.pc });
    }
    if (outcome.reason === "unwind") {
      const callee = this.unwound!;
      this.charge();
      const here = frames[frames.length - 1]!;
      if (depth + states.length >= this.maxDepth) throw new Error("the callee answered UNWIND beyond the depth");
      this.enterFrame(frames, callee.fn, callee.args, here.base + callee.out);
    }
    return null;
  }
  private pendingError: OrusError | null = null;
  /** The pending error is that of a runtime function, not of a call. */
  private raised = false;

  /** An extended op: CATCH takes the pending error, others are the heap's; what is printed goes to the output. */
  private extended(name: ExtendedName, args: readonly RunValue[]): Done {
    if (name === "CATCH") {
      const caught = this.pendingError;
      if (!caught) throw new Error("nothing to catch");
      this.pendingError = null;
      return { value: new SlotObject("error", caught.code) };
    }
    if (name === "PRINT_REF" || name === "PRINT_ANY") {
      this.output.push(`${name} ${shown(args[0]!)}`);
      return { value: null };
    }
    return this.heap.extended(name, args);
  }

  private host(base: number, depth: number): Host {
    return {
      globals: this.globals,
      constant: (i) => this.heap.constant(i),
      runtime,
      load: (v, [object, second, third]) => {
        switch (v.op) {
          case "array.length":
            return (object as ArrayObject).elements.length;
          case "array.data":
            return (object as ArrayObject).elements;
          case "array.load":
            return (second as RunValue[])[third as number]!;
          case "slot.load":
            return (object as SlotObject).slots[v.aux as number] ?? (v.type === "i64" ? 0n : 0);
          default:
            return this.heap.variant(object as SlotObject);
        }
      },
      store: (v, [object, second, third, fourth]) => {
        if (v.op === "slot.store") (object as SlotObject).slots[v.aux as number] = second!;
        else (second as RunValue[])[third as number] = v.aux === "bool" ? (fourth as number) & 0xff : fourth!;
      },
      helper: (v, args) => {
        const done = this.extended(v.aux as ExtendedName, args);
        if ("value" in done) return done;
        this.pendingError = new OrusError(done.error, v.pc);
        this.raised = true;
        return null;
      },
      raise: (code, v) => {
        this.pendingError = new OrusError(code, v.pc);
      },
      print: (helper, args) => {
        this.print(helper, args);
        return true;
      },
      charge: () => {
        this.charge();
        return true;
      },
      deepEnough: (levels) => depth + levels < this.maxDepth,
      ...(this.policy.force ? { force: this.policy.force } : {}),
      call: (named, args, site): CallOutcome => {
        const fn = named < 0 ? ((args[0] as SlotObject).link as number) : named;
        const levels = site.inlined.length + 1;
        if (depth + levels >= this.maxDepth) return "not-entered";
        const refused = this.policy.refuse?.(site);
        if (refused === "not-entered") return "not-entered";
        const { out } = callAt(this.chunk, site.pc);
        if (refused === "unwind") {
          this.unwound = { fn, args, out };
          return "unwind";
        }
        const offset = site.state ? site.state.frames[site.state.frames.length - 1]!.offset : 200 * levels;
        try {
          return { value: this.call(fn, args, base + offset + out, depth + levels) };
        } catch (e) {
          if (!(e instanceof OrusError) || e.code === "steps") throw e;
          this.pendingError = e;
          this.raised = false;
          if (site.handled) e.trace.length = 0;
          return "error";
        }
      },
    };
  }

  /** Runs until the first of `frames` has returned. `depth` is that of the first. */
  private interpret(frames: Frame[], depth: number): RunValue | null {
    for (;;) {
      try {
        return this.loop(frames, depth);
      } catch (e) {
        if (!(e instanceof OrusError) || e.code === "steps" || !this.toHandler(e, frames)) throw e;
      }
    }
  }
  /** Leaves frames up to the one that handles the error of the instruction at `at`; false: none does. */
  private toHandler(e: OrusError, frames: Frame[]): boolean {
    let pc = this.at;
    for (;;) {
      const frame = frames[frames.length - 1]!;
      const row = handlersOf(this.chunk, frame.fn).find((h) => h.start <= pc && pc < h.end);
      if (row) {
        frame.pc = row.target;
        this.pendingError = e;
        return true;
      }
      frames.pop();
      if (frames.length === 0) return false;
      pc = frames[frames.length - 1]!.pc - 2;
      e.trace.push(pc);
    }
  }
  private at = 0;
  private loop(frames: Frame[], depth: number): RunValue | null {
    const { chunk, regs } = this;
    const { code } = chunk;
    const bottom = frames;
    for (;;) {
      if (++this.steps > this.maxSteps) throw new OrusError("steps", 0);
      const frame = bottom[bottom.length - 1]!;
      const { pc, base } = frame;
      const op = opAt(code, pc)!;
      const values = op.list.map((o) => fieldAt(code, pc, op, o));
      const get = (i: number): RunValue => {
        const x = regs[base + values[i]!];
        if (x === undefined || x === POISON) throw new Error(`register ${values[i]} has no value at ${pc}`);
        return x;
      };
      const fail = (code: string): never => {
        this.at = pc;
        throw new OrusError(code, pc);
      };
      frame.pc = pc + op.size;
      const name: OpName = op.name;
      if (name === "CALL" || name === "CALL_VALUE") {
        const call = this.callAt(pc, base);
        if (depth + bottom.length >= this.maxDepth) fail("E0008");
        const args = call.args.map((r) => regs[base + r]!);
        const native = this.policy.fn?.(call.fn);
        if (native) {
          let done: ReturnType<Machine["after"]>;
          try {
            const at = depth + bottom.length;
            done = this.after(
              evaluate(native, this.host(base + call.out, at), { params: args, limit: 1_000_000 }),
              bottom,
              base + call.out,
              at,
              native,
            );
          } catch (e) {
            if (!(e instanceof OrusError)) throw e;
            this.at = pc;
            e.trace.push(pc);
            throw e;
          }
          if (done !== "not-entered") {
            if (done && call.callee.result) regs[base + call.dest] = done.value!;
            continue;
          }
        }
        this.charge();
        this.enterFrame(bottom, call.fn, args, base + call.out);
        continue;
      }
      if (name === "TAIL_CALL" || name === "TAIL_CALL_VALUE") {
        const call = this.callAt(pc, base);
        const args = call.args.map((r) => regs[base + r]!);
        bottom.pop();
        this.charge();
        this.enterFrame(bottom, call.fn, args, base);
        continue;
      }
      if (op.flow === "return") {
        const value = name === "RETURN" ? get(0) : null;
        const proto = chunk.functions[frame.fn]!;
        bottom.pop();
        for (let r = 0; r < proto.window; r++) regs[base + r] = POISON;
        const caller = bottom[bottom.length - 1];
        if (!caller) return value;
        if (value !== null) regs[caller.base + callAt(chunk, caller.pc - 2).dest] = value;
        continue;
      }
      if (name === "LOOP") {
        const native = this.policy.loop?.(pc);
        if (native) {
          const live = this.liveAt(frame.fn, pc);
          const registers = new Map(live.map((r) => [r, regs[base + r]!]));
          bottom.pop();
          const at = depth + bottom.length;
          let outcome: Outcome;
          try {
            outcome = evaluate(native, this.host(base, at), { registers, limit: 1_000_000 });
            this.after(outcome, bottom, base, at, native);
          } catch (e) {
            if (!(e instanceof OrusError)) throw e;
            this.at = pc;
            bottom.push(frame);
            if (handlersOf(chunk, frame.fn).some((h) => h.start <= pc && pc < h.end))
              throw new Error(`an error that may be caught leaves the loop at ${pc}`);
            throw e;
          }
          // Left at the LOOP itself, uncharged: it is executed here now.
          const next = bottom[bottom.length - 1]!;
          if (next.pc !== pc || bottom.length !== at - depth + 1) continue;
          next.pc = pc + op.size;
        }
        this.charge();
        continue;
      }
      if (op.flow) {
        const to = this.jump(name, values, get, base, fail);
        const jump = op.list.findIndex((o) => o.role === "jump");
        if (to) frame.pc = pc + 1 + values[jump]!;
        continue;
      }
      this.plain(name, values, get, base, fail);
    }
  }
  /** As callAt, with the function that a closure has. */
  private callAt(pc: number, base: number): CallSite {
    const call = callAt(this.chunk, pc);
    return call.fn >= 0 ? call : { ...call, fn: (this.regs[base + call.out] as SlotObject).link as number };
  }
  private readonly liveCache = new Map<number, number[]>();
  private liveAt(fn: number, pc: number): number[] {
    let live = this.liveCache.get(pc);
    if (!live) {
      const blocks = blocksOf(this.chunk, fn);
      live = [...livenessOf(this.chunk, blocks).liveIn[blocks.at.get(pc)!]!];
      this.liveCache.set(pc, live);
    }
    return live;
  }

  private jump(
    name: OpName,
    values: number[],
    get: (i: number) => RunValue,
    base: number,
    fail: (code: string) => never,
  ): boolean {
    if (name === "JUMP") return true;
    if (name === "JUMP_IF") return get(0) !== 0;
    if (name === "JUMP_IF_NOT") return get(0) === 0;
    const wide = name.includes("64") && !name.includes("F64");
    const unsigned = /_U(32|64)/.test(name);
    const num = (x: RunValue): Num =>
      unsigned ? (wide ? BigInt.asUintN(64, x as bigint) : UNSIGNED32(x as number)) : (x as Num);
    const how = /_(NLT|NLE|EQ|NE|LT|LE|GT|GE)_/.exec(name)![1]!;
    if (name.startsWith("JUMP")) {
      const a = num(get(0));
      const b = name.endsWith("IMM") ? (wide ? BigInt(values[1]!) : values[1]!) : num(get(1));
      return compareBy(how, a, b);
    }
    const a = num(get(0)) as number,
      b = num(get(1)) as number;
    const one = (wide ? 1n : 1) as number;
    const zero = (wide ? 0n : 0) as number;
    const set = (x: Num): void => {
      this.regs[base + values[0]!] = wide ? BigInt.asIntN(64, x as bigint) : (x as number) | 0;
    };
    if (name.startsWith("FOR_PREP")) {
      const c = num(get(2)) as number;
      if (c === zero) fail("E0012");
      return !(c > zero ? (how === "LT" ? a < b : a <= b) : how === "LT" ? a > b : a >= b);
    }
    const c = name.startsWith("FOR_STEP") ? (num(get(2)) as number) : one;
    const next = a + c;
    const goes = c > zero ? (how === "LT" ? next < b : next <= b) : how === "LT" ? next > b : next >= b;
    if (goes) set(next);
    return goes;
  }

  private plain(
    name: OpName,
    values: number[],
    get: (i: number) => RunValue,
    base: number,
    fail: (code: string) => never,
  ): void {
    const { regs, chunk } = this;
    const set = (x: RunValue): void => {
      regs[base + values[0]!] = x;
    };
    const printer = PRINTERS[name];
    if (printer) {
      if (name === "PRINT_TEXT") this.print(printer, [(chunk.constants[values[0]!] as { text: string }).text]);
      else
        this.print(
          printer,
          values.map((x, i) => (i === 0 ? get(0) : x)),
        );
      return;
    }
    const op = OP_LIST[OP[name]]!;
    const done = op.extended
      ? this.extended(
          op.name as ExtendedName,
          op.list.flatMap((o, i) => (o.role === "def" ? [] : [o.role === "use" ? get(i) : values[i]!])),
        )
      : this.heap.basic(name, values, get);
    if (done) {
      if ("error" in done) fail(done.error);
      else if (done.value !== null) set(done.value);
      return;
    }
    const string = stringOp(name, get, fail);
    if (string !== undefined) {
      set(string);
      return;
    }
    switch (name) {
      case "MOVE":
      case "LOAD_SPILL":
        set(get(1));
        return;
      case "STORE_SPILL":
        regs[base + values[1]!] = get(0);
        return;
      case "LOAD_IMM_I32":
        set(values[1]!);
        return;
      case "LOAD_IMM_I64":
        set(BigInt(values[1]!));
        return;
      case "LOAD_K": {
        const k = chunk.constants[values[1]!]!;
        set(
          k.type === "ref"
            ? this.heap.constant(values[1]!)
            : typeof k.value === "bigint"
              ? BigInt.asIntN(64, k.value)
              : k.type === "f64"
                ? k.value
                : k.value | 0,
        );
        return;
      }
      case "LOAD_GLOBAL":
        set(this.globals[values[1]!]!);
        return;
      case "STORE_GLOBAL":
        this.globals[values[1]!] = get(0);
        return;
      case "CHECK_VALUE":
        if (get(0) === 0) fail("E0018");
        return;
      case "NOT":
        set(get(1) === 0 ? 1 : 0);
        return;
      case "EQ_STRING":
        set(get(1) === get(2) ? 1 : 0);
        return;
      case "NE_STRING":
        set(get(1) === get(2) ? 0 : 1);
        return;
      case "CMP_I64_U64":
      case "CMP_I64_F64":
      case "CMP_U64_F64":
        set(
          compute(
            name.toLowerCase().replaceAll("_", ".") as "cmp.i64.u64",
            [get(1) as Num, get(2) as Num],
            null,
          ) as Num,
        );
        return;
    }
    const match = /^(ADD|SUB|MUL|DIV|REM|NEG|EQ|NE|LT|LE)_(I32|U32|I64|U64|F64)(_IMM)?$/.exec(name);
    if (match) {
      const [, kind, rep, imm] = match as unknown as [string, string, string, string | undefined];
      const wide = rep.endsWith("64") && rep !== "F64";
      const view = (x: RunValue): Num =>
        rep === "U32" ? (x as number) >>> 0 : rep === "U64" ? BigInt.asUintN(64, x as bigint) : (x as Num);
      const a = view(get(1));
      const right = (): Num => (imm ? view(wide ? BigInt(values[2]!) : values[2]!) : view(get(2)));
      set(this.binary(kind, rep, wide, a, kind === "NEG" ? a : right(), fail));
      return;
    }
    const converted = converts(name, get(1) as Num);
    if (converted === LEAVES) fail(OP_LIST[OP[name]]!.fails![0]!);
    set(converted as Num);
  }
  private binary(kind: string, rep: string, wide: boolean, a: Num, b: Num, fail: (code: string) => never): Num {
    if (["EQ", "NE", "LT", "LE"].includes(kind)) return compareBy(kind, a, b) ? 1 : 0;
    if (rep === "F64") {
      const x = a as number,
        y = b as number;
      if (kind === "NEG") return -x;
      if (kind === "DIV" || kind === "REM") {
        if (y === 0) fail(kind === "DIV" ? "E0001" : "E0006");
        return kind === "DIV" ? x / y : x % y;
      }
      return kind === "ADD" ? x + y : kind === "SUB" ? x - y : x * y;
    }
    // Integers: exactly in bigint, then tested or wrapped.
    const x = BigInt(a),
      y = BigInt(b);
    if ((kind === "DIV" || kind === "REM") && y === 0n) fail(kind === "DIV" ? "E0001" : "E0006");
    const r =
      kind === "ADD"
        ? x + y
        : kind === "SUB"
          ? x - y
          : kind === "MUL"
            ? x * y
            : kind === "DIV"
              ? x / y
              : kind === "REM"
                ? x % y
                : -x;
    const bits = wide ? 64 : 32;
    const wrapped = BigInt.asIntN(bits, r);
    if (rep.startsWith("I") && wrapped !== r) fail("E0004");
    return wide ? wrapped : Number(wrapped);
  }

  private print(helper: string, args: readonly RunValue[]): void {
    this.output.push(`${helper} ${args.map(shown).join(" ")}`);
  }
}

/** Of two ways to fail it was the first: a divisor of 0, an index below it. */
function isFirst({ op, aux, args }: Outcome & { kind: "error" }): boolean {
  if (op === "check.index" || aux === "I64_TO_INDEX") return (args[0] as Num) < 0;
  return Number(args[1]) === 0;
}
function compareBy(how: string, a: Num, b: Num): boolean {
  switch (how) {
    case "EQ":
      return a === b;
    case "NE":
      return a !== b;
    case "LT":
      return a < b;
    case "LE":
      return a <= b;
    case "GT":
      return a > b;
    case "GE":
      return a >= b;
    case "NLT":
      return !(a < b);
    default:
      return !(a <= b);
  }
}
function converts(name: OpName, x: Num): Num | typeof LEAVES {
  switch (name) {
    case "I32_TO_I64":
      return BigInt(x);
    case "U32_TO_I64":
      return BigInt(UNSIGNED32(x));
    case "I64_TO_I32":
      return Number(BigInt.asIntN(32, x as bigint));
    case "I32_TO_F64":
      return x as number;
    case "U32_TO_F64":
      return UNSIGNED32(x);
    case "I64_TO_F64":
      return Number(x);
    case "U64_TO_F64":
      return Number(BigInt.asUintN(64, x as bigint));
    default: {
      const r = compute("cast.check", [x], name);
      if (r === null) throw new Error(`no ${name}`);
      return r as Num | typeof LEAVES;
    }
  }
}
