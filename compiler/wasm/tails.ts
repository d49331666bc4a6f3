/**
 * What happens on the way out of native code, by kind of exit: docs/architecture.md, "Native code" and "AOT".
 *
 *   leave       the check failed: the interpreter goes on before the op (loop entry: its address; body: `resume`)
 *   unwind      stored before the op, which the interpreter executes when the host's stack is empty
 *   asked       a charge that may not go on: the answer decides
 *   called      a call that did not answer OK: its status decides
 *   error       a pending error is set; only the trace is missing
 *   notEntered  a body that did not begin: its parameters go where the CALL puts arguments
 *   failed      AOT: sets the error of a site
 *
 * The exit local holds the bytecode address of the innermost frame (leave, unwind), of the CALL (called), or a site.
 */
import { errorNumber } from "../bytecode/places.js";
import { FRAME } from "../layout/frame.js";
import { POLL, STATUS } from "../layout/vm.js";
import type { FrameState, FrameValues } from "../ssa/index.js";
import type { Tail } from "./exits.js";
import { type Expr, slotOffset } from "./instructions.js";
import type { Unit } from "./unit.js";

/** Words of a CALL, and where its operands are. */
const CALL = { size: 8, out: 2 } as const;
/** In sites of an AOT call: the call, then E0008, then (with a budget) E0040, all at the CALL. */
export const AFTER_CALL_SITE = { depth: 1, budget: 2 } as const;

export class Tails {
  constructor(private readonly u: Unit) {}

  /** `flush`: the budget is in a local. */
  leave(state: FrameState, flush: boolean): Tail {
    const { u } = this;
    const { frames } = state;
    if (u.isLoop && frames.length > 1) return this.unwind(state, flush);
    return this.tail(`leave ${signature(frames)}`, flush, () => {
      if (u.isLoop) return [u.leaving(u.getExit())];
      const top = frames[frames.length - 1]!;
      const args = [
        u.ins.i32(u.record(frames[0]!.fn)),
        u.getBase(),
        u.getExit(),
        u.ins.plus(u.getBase(), slotOffset(top.offset)),
        u.getDepth(frames.length - 1),
      ];
      const status = u.call("resume", args, "i32");
      if (!u.result) return [...this.headers(frames), u.leaving(status)];
      return [
        ...this.headers(frames),
        u.ins.m.local.set(u.statusLocal, status),
        u.leaving(u.ins.m.tuple.make([u.ins.load(u.result, u.getBase(), 0), u.getStatus()])),
      ];
    });
  }

  unwind(state: FrameState, flush: boolean): Tail {
    const { frames } = state;
    return this.tail(`unwind ${signature(frames)}`, flush, () => [
      ...this.headers(frames),
      ...this.resumeHere(frames),
      this.u.returnStatus(this.u.ins.i32(STATUS.UNWIND)),
    ]);
  }

  /** JIT: uncharged; LEAVE is answered in loop entries only. The status local holds the answer of pollNative. */
  asked(state: FrameState, inlined: readonly number[], canLeave: boolean, flush: boolean): Tail {
    const { u } = this;
    const { ins } = u;
    const { frames } = state;
    const answered = (answer: number, then: Expr[]): Expr =>
      ins.m.if(ins.op("i32.eq", u.getStatus(), ins.i32(answer)), ins.m.block(null, then));
    return this.tail(`asked ${signature(frames)} ${inlined.join()} ${canLeave}`, flush, () => [
      answered(POLL.ERROR, [...this.trace(inlined), u.returnStatus(ins.i32(STATUS.ERROR))]),
      ...(canLeave ? [answered(POLL.LEAVE, [u.leaving(u.getExit())])] : []),
      ...this.headers(frames),
      ...this.resumeHere(frames),
      u.returnStatus(ins.i32(STATUS.UNWIND)),
    ]);
  }

  /** JIT; the exit local holds the CALL's address, the status local the status. `state`: after the call. */
  called(state: FrameState, inlined: readonly number[]): Tail {
    const { u } = this;
    const { ins } = u;
    const { frames } = state;
    return this.tail(`called ${signature(frames)} ${inlined.join()}`, false, () => {
      const is = (status: number): Expr => ins.op("i32.eq", u.getStatus(), ins.i32(status));
      const top = frames[frames.length - 1]!;
      const topBase = (): Expr => ins.plus(u.getBase(), slotOffset(top.offset));
      const out = ins.m.i32.load16_u(CALL.out, 2, u.getExit());
      const callee = u.local("callee", ins.b.i32);
      const header = ins.op(
        "i32.sub",
        ins.op("i32.add", topBase(), ins.op("i32.shl", out, ins.i32(3))),
        ins.i32(FRAME.size),
      );
      const store = (field: keyof typeof FRAME.at, x: Expr): Expr =>
        ins.store("i32", ins.get(callee, "i32"), FRAME.at[field], x);
      return [
        ins.m.if(
          is(STATUS.ERROR),
          ins.m.block(null, [
            u.call("traceCall", [u.getExit()], null),
            ...this.trace(inlined),
            u.returnStatus(ins.i32(STATUS.ERROR)),
          ]),
        ),
        ...this.headers(frames),
        ins.m.if(
          is(STATUS.UNWIND),
          ins.m.block(null, [
            ins.m.local.set(callee, header),
            store("returnPc", ins.plus(u.getExit(), CALL.size)),
            store("callerBase", topBase()),
            store("flags", ins.i32(0)),
          ]),
          ins.m.block(null, this.resumeHere(frames)),
        ),
        u.returnStatus(ins.i32(STATUS.UNWIND)),
      ];
    });
  }

  /** JIT: traces of the inlined CALLs around, then ERROR. AOT: sites know them. */
  error(inlined: readonly number[], flush: boolean): Tail {
    const chain = this.u.target.aot ? [] : inlined;
    return this.tail(`error ${chain.join()}`, flush, () => [
      ...this.trace(chain),
      this.u.returnStatus(this.u.ins.i32(STATUS.ERROR)),
    ]);
  }

  notEntered(): Tail {
    return this.tail("not-entered", false, () => [this.u.returnStatus(this.u.ins.i32(STATUS.NOT_ENTERED))]);
  }

  /** AOT: a failed check; the exit local holds the site. */
  failed(code: string, flush: boolean): Tail {
    const { u } = this;
    return this.tail(`failed ${code}`, flush, () => [
      u.call("fail", [u.ins.i32(errorNumber(code)), u.getExit()], null),
      u.returnStatus(u.ins.i32(STATUS.ERROR)),
    ]);
  }

  /** AOT: a call that did not answer OK. The exit local holds the call's site. */
  calledAot(): Tail {
    const { u } = this;
    const { ins } = u;
    return this.tail("called", false, () => {
      const siteOf = (what: keyof typeof AFTER_CALL_SITE): Expr => ins.plus(u.getExit(), AFTER_CALL_SITE[what]);
      const tooDeep = u.call("fail", [ins.i32(errorNumber("E0008")), siteOf("depth")], null);
      // The callee's first charge left its error pending: its place is the CALL.
      const refused = u.target.aot!.budget
        ? ins.m.if(ins.loadVm("errorCode"), ins.storeVm("errorPc", siteOf("budget")), tooDeep)
        : tooDeep;
      return [
        ins.m.if(
          ins.op("i32.eq", u.getStatus(), ins.i32(STATUS.NOT_ENTERED)),
          refused,
          u.call("traceCall", [u.getExit()], null),
        ),
        u.returnStatus(ins.i32(STATUS.ERROR)),
      ];
    });
  }

  private tail(key: string, flush: boolean, emit: () => Expr[]): Tail {
    const { u } = this;
    if (!flush) return { key, emit };
    return { key: `${key} flush`, emit: () => [u.ins.storeVm("budget", u.ins.get(u.budgetLocal, "i32")), ...emit()] };
  }

  /**
   * Headers of the inlined frames' windows, and of our own what the caller does not write: the function, which after a tail call
   * is another one than the caller's CALL names.
   */
  private headers(frames: readonly FrameValues[]): Expr[] {
    const { u } = this;
    const record = u.ins.i32(u.record(frames[0]!.fn));
    const own = u.isLoop
      ? []
      : [u.ins.store("i32", u.ins.op("i32.sub", u.getBase(), u.ins.i32(FRAME.size)), FRAME.at.fn, record)];
    return [...own, ...this.inlinedHeaders(frames)];
  }
  private inlinedHeaders(frames: readonly FrameValues[]): Expr[] {
    const { u } = this;
    return frames.slice(1).flatMap((frame, i) => {
      const caller = frames[i]!;
      const at = slotOffset(frame.offset) - FRAME.size;
      const store = (field: keyof typeof FRAME.at, x: Expr): Expr =>
        u.ins.store("i32", u.getBase(), at + FRAME.at[field], x);
      return [
        store("fn", u.ins.i32(u.record(frame.fn))),
        store("returnPc", u.ins.i32(u.address(caller.pc))),
        store("callerBase", u.ins.plus(u.getBase(), slotOffset(caller.offset))),
        store("flags", u.ins.i32(0)),
      ];
    });
  }
  private resumeHere(frames: readonly FrameValues[]): Expr[] {
    const { u } = this;
    const top = frames[frames.length - 1]!;
    return [
      u.ins.storeVm("resumeBase", u.ins.plus(u.getBase(), slotOffset(top.offset))),
      u.ins.storeVm("resumePc", u.getExit()),
      u.ins.storeVm("resumeDepth", u.getDepth(frames.length - 1)),
    ];
  }
  private trace(inlined: readonly number[]): Expr[] {
    return [...inlined].reverse().map((pc) => this.u.call("traceCall", [this.u.ins.i32(this.u.address(pc))], null));
  }
}

/** The frames without the innermost address: states with one signature differ by that address alone. */
function signature(frames: readonly FrameValues[]): string {
  return frames
    .map((f, i) => (i < frames.length - 1 ? `${f.fn}@${f.pc}+${f.offset}` : `${f.fn}+${f.offset}`))
    .join("|");
}
