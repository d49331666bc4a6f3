/**
 * Calls of Orus functions and of print helpers.
 *
 * A call goes through the callee's body slot, or directly to a body in the same module. It passes the arguments, in the JIT
 * the address of the callee's window, and the depth. The result is taken after the status was tested, so its local may be
 * one that the exit still reads.
 */
import { callAt } from "../bytecode/flow.js";
import { errorNumber } from "../bytecode/places.js";
import { parameterRegisters } from "../layout/frame.js";
import { HELPERS, type HelperName } from "../layout/helpers.js";
import { CELL, ERROR_UNCATCHABLE, STATUS } from "../layout/vm.js";
import { MAX_LEVELS, replacesFrame, type Value, wasmType } from "../ssa/index.js";
import type { Exit } from "./exits.js";
import { type Expr, slotOffset } from "./instructions.js";
import type { Lowering } from "./lower.js";
import { signatureOf } from "./unit.js";

export const TABLE = "table";

export class CallLowering {
  constructor(private readonly lowering: Lowering) {}

  call(v: Value, out: Expr[]): void {
    const { u, plan, forced } = this.lowering;
    const { ins, target } = u;
    const callee = v.aux as number;
    const exit = plan.of(v).called!;
    const { params, results, result } = signatureOf(ins, target.chunk, callee, target.aot !== null);
    const args = v.args.map((a) => this.lowering.read(a));
    let level = v.inlined.length + 1;
    let window = 0;
    const windowBase = (): Expr => ins.plus(u.getBase(), slotOffset(window));
    if (!target.aot) {
      const frames = v.state!.frames;
      window = frames[frames.length - 1]!.offset + callAt(target.chunk, v.pc).out;
      level = frames.length;
      args.push(windowBase());
      if (!replacesFrame(v))
        forced.before(v, exit, plan.exits, out, () => [
          ...this.storeArguments(v, callee, window),
          ins.m.local.set(u.statusLocal, ins.i32(STATUS.NOT_ENTERED)),
        ]);
    }
    args.push(u.getDepth(level));
    const body = target.directBody(callee);
    const call =
      body !== null
        ? ins.m.call(body, args, results)
        : ins.m.call_indirect(TABLE, this.bodySlot(callee), args, params, results);
    const finish = (): Expr =>
      ins.m.local.set(u.statusLocal, u.call("finishTail", [windowBase(), u.getDepth(level)], "i32"));
    if (result === null) {
      out.push(ins.m.local.set(u.statusLocal, call));
      out.push(
        ...this.ifTail(
          v,
          () => u.getStatus(),
          () => [finish()],
        ),
      );
      out.push(...this.leaveOrFail(v, exit));
      return;
    }
    const pair = u.local(`pair ${result}`, results);
    const part = (i: number): Expr => ins.m.tuple.extract(ins.m.local.get(pair, results), i);
    out.push(ins.m.local.set(pair, call));
    // The result of the function that took the callee's place is in the window.
    const take = (): Expr =>
      ins.m.local.set(pair, ins.m.tuple.make([ins.load(result, windowBase(), 0), u.getStatus()]));
    out.push(
      ...this.ifTail(
        v,
        () => part(1),
        () => [finish(), take()],
      ),
    );
    if (v.handled) out.push(ins.m.local.set(u.statusLocal, part(1)), ...this.leaveOrFail(v, exit));
    else out.push(plan.exits.leave(exit, ins.m.local.tee(u.statusLocal, part(1), ins.b.i32)));
    const local = this.lowering.localOf(v);
    if (local !== undefined) out.push(ins.m.local.set(local, part(0)));
  }

  /**
   * Leaves if the status is not OK. Inside of a `try` an error that may be caught stays: `call.failed` finds it in a local.
   * AOT: a callee that did not begin is one, E0008.
   */
  private leaveOrFail(v: Value, exit: Exit): Expr[] {
    const { u, plan } = this.lowering;
    const { ins, target } = u;
    if (!v.handled) return [plan.exits.leave(exit, u.getStatus())];
    const failed = u.local("failed", ins.b.i32);
    const is = (s: number): Expr => ins.op("i32.eq", u.getStatus(), ins.i32(s));
    const inner: Expr[] = [];
    if (target.aot) {
      const tooDeep = u.call("fail", [ins.i32(errorNumber("E0008")), ins.i32(u.site("E0008", v.pc, v.inlined))], null);
      const begun = ins.m.block(null, [tooDeep, ins.m.local.set(u.statusLocal, ins.i32(STATUS.ERROR))]);
      // With a budget the callee's first charge may have left its own error.
      inner.push(
        ins.m.if(
          is(STATUS.NOT_ENTERED),
          target.aot.budget ? ins.m.if(ins.op("i32.eqz", ins.loadVm("errorCode")), begun) : begun,
        ),
      );
    }
    const uncatchable = ins.op("i32.and", ins.loadVm("errorFlags"), ins.i32(ERROR_UNCATCHABLE));
    const catchable = ins.op(
      "i32.and",
      ins.op("i32.ne", ins.loadVm("errorCode"), ins.i32(0)),
      ins.op("i32.eqz", uncatchable),
    );
    inner.push(
      ins.m.local.set(failed, ins.op("i32.and", is(STATUS.ERROR), catchable)),
      plan.exits.leave(exit, ins.op("i32.eqz", ins.get(failed, "i32"))),
    );
    return [ins.m.local.set(failed, ins.i32(0)), ins.m.if(u.getStatus(), ins.m.block(null, inner))];
  }

  /**
   * What to do when a call answers TAIL, if it can. A call that replaces an inlined frame does it at NOT_ENTERED as well: the callee
   * has stored its parameters, and executing the CALL again would run the replaced function twice.
   */
  private ifTail(v: Value, status: () => Expr, then: () => readonly Expr[]): Expr[] {
    const { u } = this.lowering;
    const { ins, target } = u;
    const callee = v.aux as number;
    if (target.aot) return [];
    const is = (s: number): Expr => ins.op("i32.eq", status(), ins.i32(s));
    if (!replacesFrame(v))
      return target.mayTailCall(callee) ? [ins.m.if(is(STATUS.TAIL), ins.m.block(null, [...then()]))] : [];
    const frames = v.before!.frames;
    const ask = ins.m.if(is(STATUS.NOT_ENTERED), ins.m.block(null, this.ask(callee, frames[frames.length - 1]!.pc)));
    const either = ins.op("i32.ge_u", status(), ins.i32(Math.min(STATUS.NOT_ENTERED, STATUS.TAIL)));
    return [ins.m.if(either, ins.m.block(null, [ask, ...then()]))];
  }
  /** Says that the function is to be called in place of the one whose TAIL_CALL is at `pc`. */
  private ask(callee: number, pc: number): Expr[] {
    const { u } = this.lowering;
    const { ins } = u;
    return [ins.storeVm("tailFn", ins.i32(u.record(callee))), ins.storeVm("tailPc", ins.i32(u.address(pc)))];
  }
  private bodySlot(callee: number): Expr {
    const { ins, target } = this.lowering.u;
    return ins.i32(target.map.bodySlots + callee);
  }

  /**
   * A call in our place. JIT: our caller cannot execute it again, so a body that might not begin (no native code yet, or near to
   * the depth where inlined levels count) is not called but asked for, with its arguments where ours were.
   */
  tailCall(v: Value, out: Expr[]): void {
    const { u } = this.lowering;
    const { ins, target } = u;
    const callee = v.aux as number;
    const { params, results } = signatureOf(ins, target.chunk, callee, target.aot !== null);
    const args = v.args.map((a) => this.lowering.read(a));
    const release = u.shadowSlots === 0 ? [] : [ins.storeVm("shadowTop", u.getShadow())];
    if (target.aot) {
      out.push(...release, ins.m.return_call(target.directBody(callee)!, [...args, u.getDepth(0)], results));
      return;
    }
    if (!target.forceSite) {
      const compiled = ins.load("i32", ins.i32(u.record(callee)), CELL.at.entry);
      const begins = ins.op("i32.lt_s", u.getDepth(MAX_LEVELS), u.depthStop());
      const all = [...args, u.getBase(), u.getDepth(0)];
      const call = ins.m.return_call_indirect(TABLE, this.bodySlot(callee), all, params, results);
      out.push(ins.m.if(compiled, ins.m.if(begins, ins.m.block(null, [...release, call]))));
    }
    out.push(...this.storeArguments(v, callee, 0), ...this.ask(callee, v.pc), u.returnStatus(ins.i32(STATUS.TAIL)));
  }

  /** Only forced exits and tail calls need it: a callee that does not begin stores its parameters itself. */
  private storeArguments(v: Value, callee: number, window: number): Expr[] {
    const { u } = this.lowering;
    const registers = parameterRegisters(u.target.chunk.functions[callee]!.params);
    return v.args.map((a, i) => {
      const at = slotOffset(window + registers[i]!);
      return u.ins.store(wasmType(a.type!), u.getBase(), at, this.lowering.read(a));
    });
  }

  print(v: Value): Expr {
    const { u, plan } = this.lowering;
    const name = v.aux as HelperName;
    const row = HELPERS[name];
    if (!(row.effects as readonly string[]).includes("status")) throw new Error(`${name} is no print helper`);
    return plan.exits.leave(
      plan.of(v).error!,
      u.call(
        name,
        v.args.map((a) => this.lowering.read(a)),
        "i32",
      ),
    );
  }
}
