/**
 * Calls of Orus functions and of runtime functions.
 *
 * A call goes through the callee's body slot, or directly to a body in the same module. It passes the arguments, in the JIT
 * the address of the callee's window, and the depth. The result is taken after the status was tested, so its local may be
 * one that the exit still reads.
 *
 * A call of a closure finds the function record in it. JIT: with native code the body is in the table behind `bodySlots`; without, the
 * arguments go to the callee's window and the interpreter runs it. AOT: the record has the number in the program's own table.
 */
import type { Signature } from "../bytecode/chunk.js";
import type { ExtendedName } from "../bytecode/extended.js";
import { callAt, withClosure } from "../bytecode/flow.js";
import { errorNumber } from "../bytecode/places.js";
import { helperOperands, RUNTIME, type RuntimeName } from "../bytecode/runtime.js";
import { parameterRegisters } from "../layout/frame.js";
import { HELPERS, type HelperName } from "../layout/helpers.js";
import { SLOTS } from "../layout/objects.js";
import { CELL, ERROR_UNCATCHABLE, FN, STATUS } from "../layout/vm.js";
import { helperRow, MAX_LEVELS, replacesFrame, type Ty, type Value } from "../ssa/index.js";
import type { Exit } from "./exits.js";
import { type Expr, slotOffset } from "./instructions.js";
import type { LocalType } from "./locals.js";
import type { Lowering } from "./lower.js";
import { signatureOf } from "./unit.js";

/** Bodies: in the JIT the runtime's table, in a built module one of the program's own. */
export const TABLE = "bodies";

export class CallLowering {
  constructor(private readonly lowering: Lowering) {}

  call(v: Value, out: Expr[]): void {
    const { u, plan, forced } = this.lowering;
    const { ins, target } = u;
    const exit = plan.of(v).called!;
    const { result } = signatureOf(ins, this.calleeOf(v), target.aot !== null);
    const args = v.args.map((a) => this.lowering.read(a));
    let level = v.inlined.length + 1;
    let window = 0;
    if (!target.aot) {
      const frames = v.state!.frames;
      window = frames[frames.length - 1]!.offset + callAt(target.chunk, v.pc).out;
      level = frames.length;
      args.push(this.windowBase(window));
      if (!replacesFrame(v))
        forced.before(v, exit, plan.exits, out, () => [
          ...this.storeArguments(v, window),
          ins.m.local.set(u.statusLocal, ins.i32(STATUS.NOT_ENTERED)),
        ]);
    }
    args.push(u.getDepth(level));
    const answer = new Answer(this.lowering, result);
    out.push(
      ...(v.op === "call.value"
        ? this.byValue(v, args, answer, window, level)
        : this.byName(v, args, answer, window, level)),
    );
    out.push(...(v.handled ? this.leaveOrFail(v, exit, answer) : plan.exits.leave(exit, answer.status())));
    const local = this.lowering.localOf(v);
    if (result !== null && local !== undefined) out.push(ins.m.local.set(local, answer.value()));
  }

  /**
   * Inside of a `try`: leaves if the status is not OK, but an error that may be caught stays: `failed` finds it in a local.
   * AOT: a callee that did not begin is one, E0008.
   */
  private leaveOrFail(v: Value, exit: Exit, answer: Answer): Expr[] {
    const { u, plan } = this.lowering;
    const { ins, target } = u;
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
      ins.m.local.set(u.failedLocal, ins.op("i32.and", is(STATUS.ERROR), catchable)),
      ...plan.exits.leave(exit, ins.op("i32.eqz", ins.get(u.failedLocal, "i32"))),
    );
    const status = answer.status();
    return [ins.m.local.set(u.failedLocal, ins.i32(0)), ins.m.if(status, ins.m.block(null, inner))];
  }

  /** What a called function takes and gives. */
  private calleeOf(v: Value): Signature {
    const { chunk } = this.lowering.u.target;
    const index = v.aux as number;
    return v.op === "call" || v.op === "tailcall" ? chunk.functions[index]! : withClosure(chunk.signatures[index]!);
  }
  private windowBase(window: number): Expr {
    const { u } = this.lowering;
    return u.ins.plus(u.getBase(), slotOffset(window));
  }

  private byName(v: Value, args: Expr[], answer: Answer, window: number, level: number): Expr[] {
    const { ins, target } = this.lowering.u;
    const callee = v.aux as number;
    const { params, results } = signatureOf(ins, target.chunk.functions[callee]!, target.aot !== null);
    const body = target.directBody(callee);
    const call =
      body !== null
        ? ins.m.call(body, args, results)
        : ins.m.call_indirect(TABLE, ins.i32(target.map.bodySlots + callee), args, params, results);
    return [answer.set(call), ...this.ifTail(v, answer, window, level)];
  }
  private byValue(v: Value, args: Expr[], answer: Answer, window: number, level: number): Expr[] {
    const { u } = this.lowering;
    const { ins, target } = u;
    const { params, results } = signatureOf(ins, this.calleeOf(v), target.aot !== null);
    const record = this.record(v);
    if (target.aot)
      return [record.set, answer.set(ins.m.call_indirect(TABLE, record.field(FN.at.index), args, params, results))];
    const call = ins.m.call_indirect(TABLE, this.bodySlot(record), args, params, results);
    const run = u.call("interpret", [record.get(), this.windowBase(window), u.getDepth(level)], "i32");
    return [
      record.set,
      ins.m.if(
        record.field(CELL.at.entry),
        ins.m.block(null, [
          answer.set(call),
          ins.m.if(answer.is(STATUS.TAIL), ins.m.block(null, this.finish(answer, window, level))),
        ]),
        ins.m.block(null, [...this.storeArguments(v, window), ...answer.fromWindow(run, this.windowBase(window))]),
      ),
    ];
  }
  /** The function record of a called closure. */
  private record(v: Value): Record {
    const { u } = this.lowering;
    const { ins } = u;
    const local = u.local("record", ins.b.i32);
    const get = (): Expr => ins.get(local, "i32");
    const set = ins.m.local.set(local, ins.load("i32", this.lowering.read(v.args[0]!), SLOTS.at.link));
    return { set, get, field: (offset) => ins.load("i32", get(), offset) };
  }

  /** A body answered TAIL: the result of the function that takes its place will be in the window. */
  private finish(answer: Answer, window: number, level: number): Expr[] {
    const { u } = this.lowering;
    const run = u.call("finishTail", [this.windowBase(window), u.getDepth(level)], "i32");
    return answer.fromWindow(run, this.windowBase(window));
  }
  /**
   * What to do when a call answers TAIL, if it can. A call that replaces an inlined frame does it at NOT_ENTERED as well: the callee
   * has stored its parameters, and executing the CALL again would run the replaced function twice.
   */
  private ifTail(v: Value, answer: Answer, window: number, level: number): Expr[] {
    const { ins, target } = this.lowering.u;
    const callee = v.aux as number;
    if (target.aot) return [];
    const finish = (): Expr[] => this.finish(answer, window, level);
    if (!replacesFrame(v))
      return target.mayTailCall(callee) ? [ins.m.if(answer.is(STATUS.TAIL), ins.m.block(null, finish()))] : [];
    const frames = v.before!.frames;
    const pc = frames[frames.length - 1]!.pc;
    const ask = ins.m.if(
      answer.is(STATUS.NOT_ENTERED),
      ins.m.block(null, this.ask(ins.i32(this.lowering.u.record(callee)), pc)),
    );
    const either = ins.op("i32.ge_u", answer.status(), ins.i32(Math.min(STATUS.NOT_ENTERED, STATUS.TAIL)));
    return [ins.m.if(either, ins.m.block(null, [ask, ...finish()]))];
  }
  /** Says that the function is to be called in place of the one whose TAIL_CALL is at `pc`. */
  private ask(record: Expr, pc: number): Expr[] {
    const { u } = this.lowering;
    const { ins } = u;
    return [ins.storeVm("tailFn", record), ins.storeVm("tailPc", ins.i32(u.address(pc)))];
  }
  /** JIT: where in the table the body of a record's function is. */
  private bodySlot(record: Record): Expr {
    const { ins, target } = this.lowering.u;
    return ins.plus(record.field(FN.at.index), target.map.bodySlots);
  }

  /**
   * A call in our place. JIT: our caller cannot execute it again, so a body that might not begin (no native code yet, or near to
   * the depth where inlined levels count) is not called but asked for, with its arguments where ours were.
   */
  tailCall(v: Value, out: Expr[]): void {
    const { u } = this.lowering;
    const { ins, target } = u;
    const { params, results } = signatureOf(ins, this.calleeOf(v), target.aot !== null);
    const args = v.args.map((a) => this.lowering.read(a));
    const release = u.shadowSlots === 0 ? [] : [ins.storeVm("shadowTop", u.getShadow())];
    const record = v.op === "tailcall.value" ? this.record(v) : null;
    if (record) out.push(record.set);
    const callee = v.aux as number;
    if (target.aot) {
      const all = [...args, u.getDepth(0)];
      out.push(
        ...release,
        record
          ? ins.m.return_call_indirect(TABLE, record.field(FN.at.index), all, params, results)
          : ins.m.return_call(target.directBody(callee)!, all, results),
      );
      return;
    }
    const address = (): Expr => record?.get() ?? ins.i32(u.record(callee));
    if (!target.forceSite) {
      const begins = ins.op("i32.lt_s", u.getDepth(MAX_LEVELS), u.depthStop());
      const all = [...args, u.getBase(), u.getDepth(0)];
      const slot = record ? this.bodySlot(record) : ins.i32(target.map.bodySlots + callee);
      const call = ins.m.return_call_indirect(TABLE, slot, all, params, results);
      out.push(
        ins.m.if(ins.load("i32", address(), CELL.at.entry), ins.m.if(begins, ins.m.block(null, [...release, call]))),
      );
    }
    out.push(...this.storeArguments(v, 0), ...this.ask(address(), v.pc), u.returnStatus(ins.i32(STATUS.TAIL)));
  }

  /** Where a callee that is interpreted finds its parameters; one that is native and does not begin stores them itself. */
  private storeArguments(v: Value, window: number): Expr[] {
    const { u } = this.lowering;
    const registers = parameterRegisters(this.calleeOf(v).params);
    return v.args.map((a, i) =>
      u.ins.storeWhole(a.type!, u.getBase(), slotOffset(window + registers[i]!), this.lowering.read(a)),
    );
  }

  // Runtime functions.

  print(v: Value): Expr[] {
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

  /** The function of an extended op; what it failed with is in the VM block. */
  helper(v: Value, out: Expr[]): void {
    const { u, plan } = this.lowering;
    const { ins } = u;
    const call = this.helperCall(v);
    const local = this.lowering.localOf(v);
    if (local !== undefined) out.push(ins.m.local.set(local, call));
    else out.push(v.type === null ? call : ins.m.drop(call));
    if (helperRow(v).fails === undefined) return;
    const place = u.target.aot ? u.site("*", v.pc, v.inlined) : u.address(v.pc);
    const raise = u.call("raiseFailed", [ins.i32(place)], null);
    const { error } = plan.of(v);
    if (v.handled) {
      // Output that failed is no error of the language.
      const io = helperRow(v).fails!.includes("io")
        ? plan.exits.leave(error!, ins.op("i32.eqz", ins.loadVm("errorCode")))
        : [];
      const failed = ins.op("i32.ne", ins.loadVm("failed"), ins.i32(0));
      out.push(
        ins.m.local.set(u.failedLocal, failed),
        ins.m.if(ins.get(u.failedLocal, "i32"), ins.m.block(null, [raise, ...io])),
      );
    } else out.push(ins.m.if(ins.loadVm("failed"), ins.m.block(null, [raise, ...plan.exits.leave(error!, null)])));
  }
  helperCall(v: Value): Expr {
    const { u } = this.lowering;
    const operands = helperOperands(v.aux as ExtendedName);
    const args = v.args.map((a, i) => {
      const x = this.lowering.read(a);
      return operands[i]!.type === "raw" ? this.toBits(a.type!, x) : x;
    });
    const row = helperRow(v);
    const name = row.helper as RuntimeName;
    const call = u.call(name, args, RUNTIME[name].result);
    return row.bits ? this.fromBits(v.type!, call) : call;
  }
  /** A register's 8 bytes. */
  private toBits(type: Ty, x: Expr): Expr {
    const { ins } = this.lowering.u;
    if (type === "i64" || type === "any") return x;
    return ins.op(type === "f64" ? "i64.reinterpret_f64" : "i64.extend_i32_u", x);
  }
  private fromBits(type: Ty, x: Expr): Expr {
    const { ins } = this.lowering.u;
    if (type === "i64" || type === "any") return x;
    return ins.op(type === "f64" ? "f64.reinterpret_i64" : "i32.wrap_i64", x);
  }
}

/** A function record in a local: what puts it there, what reads it and its fields. */
interface Record {
  readonly set: Expr;
  get(): Expr;
  field(offset: number): Expr;
}

/** What a call answered: a status, and a result where the function has one. */
class Answer {
  constructor(
    private readonly lowering: Lowering,
    private readonly result: LocalType | null,
  ) {}
  private get results(): number {
    const { ins } = this.lowering.u;
    return ins.b.createType([ins.type(this.result!), ins.b.i32]);
  }
  private get local(): number {
    const { u } = this.lowering;
    return this.result === null ? u.statusLocal : u.local(`pair ${this.result}`, this.results);
  }
  private part(i: number): Expr {
    const { m } = this.lowering.u.ins;
    return m.tuple.extract(m.local.get(this.local, this.results), i);
  }

  set(call: Expr): Expr {
    return this.lowering.u.ins.m.local.set(this.local, call);
  }
  /** Sets it from a status; the result is in a window's slot 0. */
  fromWindow(status: Expr, window: Expr): Expr[] {
    const { u } = this.lowering;
    if (this.result === null) return [this.set(status)];
    const { ins } = u;
    return [
      ins.m.local.set(u.statusLocal, status),
      this.set(ins.m.tuple.make([ins.load(this.result, window, 0), u.getStatus()])),
    ];
  }
  is(status: number): Expr {
    const { ins } = this.lowering.u;
    return ins.op("i32.eq", this.result === null ? this.lowering.u.getStatus() : this.part(1), ins.i32(status));
  }
  /** The status, which goes to the status local for exits. */
  status(): Expr {
    const { u } = this.lowering;
    return this.result === null ? u.getStatus() : u.ins.m.local.tee(u.statusLocal, this.part(1), u.ins.b.i32);
  }
  value(): Expr {
    return this.part(0);
  }
}
