/**
 * The code of one function while it is being lowered: instructions over an unlimited number of virtual registers, with
 * labels for targets. `allocate.ts` gives the registers their numbers, `assemble.ts` turns the list into words.
 */
import type { Rep } from "../analysis/types.js";
import type { LoopRow, SpanOperand } from "./chunk.js";
import type { OpName } from "./ops.js";

/** A virtual register. References and scalars live in separate ranges of the window. */
export interface VReg {
  readonly id: number;
  readonly rep: Rep;
  /** Fixed window register (parameters), or -1. */
  readonly fixed: number;
}
/** Slot of the callee's window, counted from its register 0. Nothing may be kept there across a call. */
export interface OutSlot {
  readonly out: number;
  readonly rep: Rep;
}
export type Register = VReg | OutSlot;
export const isOut = (r: Register): r is OutSlot => "out" in r;

export class Label {
  /** Index of the instruction that follows, -1: not placed yet. */
  at = -1;
}

/** An operand value: a register, a number (immediates, pool indexes…), or a jump target. */
export type Arg = Register | number | Label;
export const isRegister = (a: Arg | undefined): a is Register => typeof a === "object" && !(a instanceof Label);

export interface Ins {
  op: OpName;
  args: Arg[];
  /** Source position for the line table. */
  offset: number;
  /** Present on instructions that can fail and on calls. */
  span: { start: number; end: number; operands: readonly SpanOperand[] } | null;
}

/** A loop of this function: index range of its instructions. */
export interface LoopRange {
  /** Index of the LOOP instruction. */
  start: number;
  /** One past its last instruction. */
  end: number;
  readonly parent: number;
  readonly offset: number;
}

/** A `try`: index range of its suite, and where errors in it go on. */
export interface Try {
  start: number;
  end: number;
  readonly target: Label;
}

export class FnCode {
  readonly list: Ins[] = [];
  readonly registers: VReg[] = [];
  readonly loops: LoopRange[] = [];
  /** Inner ones before those around them. */
  readonly handlers: Try[] = [];
  private openLoops: number[] = [];
  /** Slots of the callee's window that calls write here; slot 0, for the result, always counts. 0: no calls. */
  outSlots = 0;
  private offset = 0;

  newRegister(rep: Rep, fixed = -1): VReg {
    const r = { id: this.registers.length, rep, fixed };
    this.registers.push(r);
    return r;
  }
  /** Instructions emitted from now on belong to the source line of this offset. */
  at(offset: number): void {
    this.offset = offset;
  }
  /** The offset that instructions emitted now belong to. */
  get here(): number {
    return this.offset;
  }
  emit(op: OpName, args: Arg[], span: Ins["span"] = null): Ins {
    const ins: Ins = { op, args, offset: this.offset, span };
    this.list.push(ins);
    return ins;
  }
  /** Emits a CALL, whose arguments have been written. A callee without a result gets a harmless destination. */
  call(fn: number, slots: number, result: VReg | null, span: Ins["span"]): void {
    this.outSlots = Math.max(this.outSlots, slots, 1);
    // Returning from native code copies the callee's slot 0, which means nothing without a result: to itself.
    const slot0: OutSlot = { out: 0, rep: "i32" };
    this.emit("CALL", [result ?? slot0, slot0, fn], span);
  }
  /** The same for a CALL_VALUE: the closure is in slot 0. */
  callValue(signature: number, slots: number, result: VReg | null, span: Ins["span"]): void {
    this.outSlots = Math.max(this.outSlots, slots, 1);
    const slot0: OutSlot = { out: 0, rep: "ref" };
    this.emit("CALL_VALUE", [result ?? { out: 0, rep: "i32" }, slot0, signature], span);
  }
  tailCallValue(signature: number, slots: number, span: Ins["span"]): void {
    this.outSlots = Math.max(this.outSlots, slots, 1);
    this.emit("TAIL_CALL_VALUE", [{ out: 0, rep: "ref" }, signature], span);
  }
  /** Emits a TAIL_CALL, whose arguments have been written. */
  tailCall(fn: number, slots: number, span: Ins["span"]): void {
    this.outSlots = Math.max(this.outSlots, slots, 1);
    this.emit("TAIL_CALL", [{ out: 0, rep: "i32" }, fn], span);
  }
  place(label: Label): void {
    label.at = this.list.length;
  }
  /** Emits the LOOP at the start of a body. Answers the label to jump to and the number for `endLoop`. */
  beginLoop(offset: number): { readonly header: Label; readonly loop: number } {
    const header = new Label();
    this.place(header);
    const loop = this.loops.length;
    this.loops.push({ start: this.list.length, end: -1, parent: this.openLoops.at(-1) ?? -1, offset });
    this.openLoops.push(loop);
    this.emit("LOOP", [loop]);
    return { header, loop };
  }
  /** To be called after the back edge was emitted. */
  endLoop(loop: number): void {
    this.loops[loop]!.end = this.list.length;
    this.openLoops.pop();
  }
}

/** Loops in the chunk's form. */
export type { LoopRow };
