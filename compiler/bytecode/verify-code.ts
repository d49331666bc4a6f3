/**
 * The code of one function: operands by the table, then the contents of registers by data flow.
 *
 * Register contents are classes of bits: 32 (i32, u32, bool), 64 (i64, u64), float, reference, or nothing that may be
 * read. The code is walked in address order, where forward jumps always come before their targets; only LOOPs are jumped
 * back to. A LOOP takes the state that reaches it from above; where a jump back disagrees about a register, the register
 * has no value there, and the walk is repeated. States only ever lose values, so what one walk finds wrong is wrong.
 *
 * References live in the two reference ranges of the window. Elsewhere, as arguments on their way to a call, they do not
 * survive a safepoint.
 *
 * Cost: a walk is linear in the code, and in the window for each jump; the number of walks is bounded by the nesting of
 * loops (one, or two, in practice).
 */
import type { Rep } from "../analysis/types.js";
import { HEADER_REGS, parameterRegisters } from "../layout/frame.js";
import type { Chunk, HandlerRow, Proto, Signature } from "./chunk.js";
import { fieldAt, jumpTarget } from "./encode.js";
import { callAt } from "./flow.js";
import { ALL_OPS, type Op, type Operand, type OperandType, opAt } from "./ops.js";
import { handlersOf, spanRowAt } from "./places.js";

/** The chunk is not sound; the message says what and where. */
export class Unsound extends Error {}

enum Class {
  None = 0,
  Bits32 = 1,
  Bits64 = 2,
  Float = 3,
  Ref = 4,
  Any = 5,
}
const classOf = (rep: Rep): Class =>
  rep === "ref"
    ? Class.Ref
    : rep === "any"
      ? Class.Any
      : rep === "f64"
        ? Class.Float
        : rep === "i64" || rep === "u64"
          ? Class.Bits64
          : Class.Bits32;

const mayHold = (c: Class): boolean => c === Class.Ref || c === Class.Any;

/** More walks than blocks can nest: such code comes from no compiler. */
const MAX_WALKS = 256;
const MAX_DECIMALS = 100_000;

/** A property of ops, by opcode. */
function byCode<T>(of: (op: Op) => T): T[] {
  const list: T[] = [];
  for (const op of ALL_OPS) list[op.code] = of(op);
  return list;
}
/** Bits of the first word that no operand uses, by opcode: they must be 0. */
const UNUSED: readonly number[] = /* @__PURE__ */ byCode((op) => {
  const width: Record<string, number> = { a: 0xff00, b: 0xff0000, c: 0xff000000, bc: 0xffff0000, abc: 0xffffff00 };
  return op.list.reduce((mask, o) => mask & ~(width[o.field] ?? 0), 0xffffff00) >>> 0;
});
const SAFEPOINT: readonly boolean[] = /* @__PURE__ */ byCode(
  (op) => op.flow === "call" || (op.effects?.some((e) => e === "yields" || e === "allocates") ?? false),
);
const FAILS: readonly boolean[] = /* @__PURE__ */ byCode((op) => op.effects?.includes("throws") ?? false);

const TAILS = (op: Op): boolean => op.name === "TAIL_CALL" || op.name === "TAIL_CALL_VALUE";
/** Ops that pass arguments in the callee's window. */
const CALLS = (op: Op): boolean => op.flow === "call" || TAILS(op);

/** Throws Unsound if the function's code is not. `starts`: where instructions begin. */
export function verifyFunction(chunk: Chunk, fn: number, starts: Uint8Array): void {
  new Verifier(chunk, fn, starts).run();
}

class Verifier {
  private readonly proto: Proto;
  private readonly refsStart: number;
  private readonly refsEnd: number;
  private readonly handlers: readonly HandlerRow[];
  private pc = 0;
  private op: Op = ALL_OPS[0]!;
  /** Registers that lost their value at a LOOP because of a jump back to it. */
  private readonly lost = new Map<number, Set<number>>();
  /** LOOP address to the last jump back to it: until then its state is kept. */
  private readonly lastBack = new Map<number, number>();

  constructor(
    private readonly chunk: Chunk,
    fn: number,
    private readonly starts: Uint8Array,
  ) {
    this.proto = chunk.functions[fn]!;
    this.handlers = handlersOf(chunk, fn);
    this.refsStart = this.proto.otherRefsStart ?? this.proto.params.length;
    this.refsEnd = this.refsStart + this.proto.otherRefs;
  }

  run(): void {
    const { codeStart, codeEnd } = this.proto;
    for (this.pc = codeStart; this.pc < codeEnd; this.pc += this.op.size) {
      this.op = opAt(this.chunk.code, this.pc)!;
      this.operands();
    }
    if (this.op.flow !== "jump" && this.op.flow !== "return") this.fail("the end of the function is reached");
    for (let walks = 1; !this.walk(); walks++) if (walks > MAX_WALKS) this.fail("loops nest without end");
  }

  private fail(text: string): never {
    throw new Unsound(`${text} (${this.op.name} at ${this.pc} in ${this.proto.name})`);
  }
  private need(holds: boolean, text: string): void {
    if (!holds) this.fail(text);
  }
  private field(o: Operand): number {
    return fieldAt(this.chunk.code, this.pc, this.op, o);
  }

  // What an instruction says, whatever the registers hold.

  private operands(): void {
    const { chunk, pc, op } = this;
    this.need((chunk.code[pc]! & UNUSED[op.code]!) === 0, "unused bits are set");
    for (const o of op.list) this.operand(o, this.field(o));
    this.need(!FAILS[op.code] || spanRowAt(chunk, pc) !== undefined, "an instruction that can fail has no place");
    if (TAILS(op)) {
      const { callee } = this.callSite();
      this.need(callee.result === this.proto.result, "a tail call with another result");
    } else if (op.flow === "return") this.need((this.proto.result !== null) === (op.name === "RETURN"), "result");
    if (CALLS(op)) this.call();
    this.immediates();
  }

  private operand(o: Operand, value: number): void {
    const { chunk, pc } = this;
    switch (o.role) {
      case "def":
      case "use":
      case "both":
      case "spill":
        this.need(value < this.proto.window, "a register beyond the window");
        return;
      case "const":
        this.need(value < chunk.constants.length, "no such constant");
        this.need(this.op.name !== "PRINT_TEXT" || chunk.constants[value]!.type === "ref", "no text");
        return;
      case "global":
        this.need(value < chunk.globals.length, "no such module variable");
        return;
      case "fn":
        this.need(value < chunk.functions.length, "no such function");
        return;
      case "loop":
        this.need(chunk.loops[value]?.pc === pc, "not its loop");
        return;
      case "cell":
        this.need(value === 0, "a profile cell that is not empty");
        return;
      case "jump":
        this.jump();
        return;
      case "sig":
        this.need(value < chunk.signatures.length, "no such signature");
        return;
      case "type":
        this.need(value < chunk.types.length, "no such type");
        return;
      case "variant":
        this.need(value < chunk.variants.length, "no such variant");
        return;
      case "slot":
      case "imm":
      case "out":
        return;
    }
  }

  private jump(): void {
    const { chunk, pc, starts, proto } = this;
    const target = jumpTarget(chunk.code, pc)!;
    this.need(target >= proto.codeStart && target < proto.codeEnd && starts[target] === 1, "a jump to nowhere");
    const toLoop = opAt(chunk.code, target)!.name === "LOOP";
    const charges = this.op.effects?.includes("yields") ?? false;
    this.need(toLoop || (target > pc && !charges), "a jump back, or of a loop, to something else than a LOOP");
    if (target <= pc) this.lastBack.set(target, pc);
  }

  private call(): void {
    const { out, callee } = this.callSite();
    const frame = out - HEADER_REGS;
    this.need(frame >= this.proto.params.length && frame >= this.refsEnd, "a window inside this one");
    this.need(out + Math.max(callee.params.length, 1) <= this.proto.window, "arguments beyond the window");
    if (TAILS(this.op)) return;
    const dest = this.field(this.op.list[0]!);
    this.need(callee.result === null || dest < frame, "a result in the callee's window");
  }
  private callSite(): { out: number; callee: Signature } {
    return callAt(this.chunk, this.pc);
  }

  private immediates(): void {
    const { op } = this;
    const imm = op.list.find((o) => o.role === "imm");
    if (!imm) return;
    const value = this.field(imm);
    if (/^(DIV|REM)_/.test(op.name))
      this.need(value !== 0 && (value !== -1 || /_U\d\d_/.test(op.name)), "a bad divisor");
    if (op.name === "PRINT_FIXED") this.need(value >= 0 && value <= MAX_DECIMALS, "decimals");
    if (op.name === "PRINT_RADIX") this.need([2, 8, 16].includes(value & ~256), "radix");
  }

  // What the registers hold.

  /** One walk through the code. False: a LOOP lost a value, and what follows it has to be looked at again. */
  private walk(): boolean {
    const { chunk, proto } = this;
    const { codeStart, codeEnd, window } = proto;
    const pending = new Map<number, Uint8Array>();
    const headers = new Map<number, Uint8Array>();
    let stable = true;
    let state: Uint8Array | null = new Uint8Array(window);
    const registers = parameterRegisters(proto.params);
    for (let i = 0; i < registers.length; i++) state[registers[i]!] = classOf(proto.params[i]!);

    for (this.pc = codeStart; this.pc < codeEnd; this.pc += this.op.size) {
      const { pc } = this;
      const op = (this.op = opAt(chunk.code, pc)!);
      const merged = pending.get(pc);
      if (merged) {
        state = state ? meet(state, merged) : merged;
        pending.delete(pc);
      }
      if (!state) continue;
      if (this.lastBack.has(pc)) {
        for (const r of this.lost.get(pc) ?? []) state[r] = Class.None;
        headers.set(pc, state.slice());
      }
      this.toHandlers(pending, state);
      this.step(state);
      const target = jumpTarget(chunk.code, pc);
      if (target !== null && target > pc) {
        const other = pending.get(target);
        if (other) meet(other, state);
        else pending.set(target, state.slice());
      } else if (target !== null) {
        const header = headers.get(target);
        if (!header) this.fail("a loop that is entered from below");
        if (this.loses(target, header, state)) stable = false;
        if (this.lastBack.get(target) === pc) headers.delete(target);
      }
      if (op.flow === "jump" || op.flow === "return") state = null;
    }
    return stable;
  }

  /** What an instruction that fails in a `try` leaves to the handler: the state before it, without what a call destroys. */
  private toHandlers(pending: Map<number, Uint8Array>, state: Uint8Array): void {
    if (!FAILS[this.op.code]) return;
    const row = this.handlers.find((h) => h.start <= this.pc && this.pc < h.end);
    if (!row) return;
    this.need(!TAILS(this.op), "a tail call inside a try");
    const left = state.slice();
    if (CALLS(this.op)) left.fill(Class.None, this.callSite().out - HEADER_REGS);
    this.dropStrayRefs(left);
    const other = pending.get(row.target);
    if (other) meet(other, left);
    else pending.set(row.target, left);
  }

  /** Notes what a jump back to a LOOP does not bring along. */
  private loses(target: number, header: Uint8Array, state: Uint8Array): boolean {
    let any = false;
    for (let r = 0; r < header.length; r++) {
      if (header[r] === Class.None || header[r] === state[r]) continue;
      let lost = this.lost.get(target);
      if (!lost) this.lost.set(target, (lost = new Set()));
      lost.add(r);
      any = true;
    }
    return any;
  }

  /** One instruction: checks what it reads, and leaves in `state` what holds after it. */
  private step(state: Uint8Array): void {
    const { op } = this;
    let copied: Class = Class.None;
    for (const o of op.list) {
      const reads = o.role === "use" || o.role === "both" || (o.role === "spill" && op.name === "LOAD_SPILL");
      if (!reads) continue;
      const found = state[this.field(o)]! as Class;
      copied = found;
      const wanted = this.typeClass(o.role === "spill" ? "copy" : o.type!);
      this.need(found !== Class.None && (wanted === Class.None || found === wanted), "a register without such a value");
    }
    if (op.name === "RETURN") this.need(copied === classOf(this.proto.result!), "the result has another type");
    if (SAFEPOINT[op.code] && !CALLS(op)) this.dropStrayRefs(state);
    if (CALLS(op)) this.passWindow(state);
    for (const o of op.list) {
      const writes = o.role === "def" || o.role === "both" || (o.role === "spill" && op.name === "STORE_SPILL");
      if (!writes) continue;
      const r = this.field(o);
      const type = o.role === "spill" ? "copy" : o.type!;
      const given = type === "copy" ? copied : this.typeClass(type);
      const isHome = r < this.proto.refParams || (r >= this.refsStart && r < this.refsEnd);
      this.need(!isHome || mayHold(given), "a number in a place for references");
      // A scalar parameter's register keeps to scalars, too: the collector would not see a reference there.
      this.need(!mayHold(given) || isHome || this.isOutgoing(r), "a reference in a place for numbers");
      state[r] = given;
    }
  }

  /** Arguments on their way, and the scratch register that brings them there in functions that spill. */
  private isOutgoing(r: number): boolean {
    return r >= this.proto.params.length;
  }

  private dropStrayRefs(state: Uint8Array): void {
    for (let r = this.proto.refParams; r < state.length; r++) {
      if (mayHold(state[r]!) && !(r >= this.refsStart && r < this.refsEnd)) state[r] = Class.None;
    }
  }

  /** A CALL: its arguments are there; nothing in the callee's window survives it. */
  private passWindow(state: Uint8Array): void {
    const { out, callee } = this.callSite();
    const registers = parameterRegisters(callee.params);
    for (let i = 0; i < registers.length; i++) {
      this.need(state[out + registers[i]!] === classOf(callee.params[i]!), "an argument is missing");
    }
    state.fill(Class.None, out - HEADER_REGS);
    this.dropStrayRefs(state);
  }

  /** Class of an operand type; None: any, or nothing (the result of a function without one). */
  private typeClass(type: OperandType): Class {
    const { chunk, pc } = this;
    switch (type) {
      case "copy":
      case "raw":
        return Class.None;
      case "const":
        return classOf(chunk.constants[chunk.code[pc + 1]!]!.type);
      case "global":
        return classOf(chunk.globals[chunk.code[pc + 1]!]!.type);
      case "result": {
        const { result } = callAt(chunk, pc).callee;
        return result === null ? Class.None : classOf(result);
      }
      default:
        return classOf(type);
    }
  }
}

/** What holds on both ways; the first one is changed and answered. */
function meet(a: Uint8Array, b: Uint8Array): Uint8Array {
  for (let r = 0; r < a.length; r++) if (a[r] !== b[r]) a[r] = Class.None;
  return a;
}
