/**
 * Calls of Orus functions and of print helpers.
 *
 * A call goes through the callee's body slot, or directly to a body in the same module. It passes the arguments, in the JIT
 * the address of the callee's window, and the depth. The result is taken after the status was tested, so its local may be
 * one that the exit still reads.
 */
import { callAt } from "../bytecode/flow.js";
import { parameterRegisters } from "../layout/frame.js";
import { HELPERS, type HelperName } from "../layout/helpers.js";
import { STATUS } from "../layout/vm.js";
import { type Value, wasmType } from "../ssa/index.js";
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
      forced.before(v, exit, plan.exits, out, () => [
        ...this.storeArguments(v, callee, window),
        ins.m.local.set(u.statusLocal, ins.i32(STATUS.NOT_ENTERED)),
      ]);
    }
    args.push(u.getDepth(level));
    const body = target.directBody(callee);
    const slot = ins.i32(target.map.bodySlots + callee);
    const call =
      body !== null ? ins.m.call(body, args, results) : ins.m.call_indirect(TABLE, slot, args, params, results);
    if (result === null) {
      out.push(plan.exits.leave(exit, ins.m.local.tee(u.statusLocal, call, ins.b.i32)));
      return;
    }
    const pair = u.local(`pair ${result}`, results);
    const part = (i: number): Expr => ins.m.tuple.extract(ins.m.local.get(pair, results), i);
    out.push(ins.m.local.set(pair, call));
    if (!target.aot && target.mayTailCall(callee)) {
      // The callee may ask for another function in its place; that one's result is in the window.
      const finish = [
        ins.m.local.set(u.statusLocal, u.call("finishTail", [windowBase(), u.getDepth(level)], "i32")),
        ins.m.local.set(pair, ins.m.tuple.make([ins.load(result, windowBase(), 0), u.getStatus()])),
      ];
      out.push(ins.m.if(ins.op("i32.eq", part(1), ins.i32(STATUS.TAIL)), ins.m.block(null, finish)));
    }
    out.push(plan.exits.leave(exit, ins.m.local.tee(u.statusLocal, part(1), ins.b.i32)));
    const local = this.lowering.localOf(v);
    if (local !== undefined) out.push(ins.m.local.set(local, part(0)));
  }

  /** Leaves the arguments where ours were and asks our caller to call the function; AOT: calls it in our place. */
  tailCall(v: Value, out: Expr[]): void {
    const { u } = this.lowering;
    const { ins, target } = u;
    const callee = v.aux as number;
    if (target.aot) {
      const { results } = signatureOf(ins, target.chunk, callee, true);
      const args = [...v.args.map((a) => this.lowering.read(a)), u.getDepth(0)];
      const release = u.shadowSlots === 0 ? [] : [ins.storeVm("shadowTop", u.getShadow())];
      out.push(...release, ins.m.return_call(target.directBody(callee)!, args, results));
      return;
    }
    out.push(
      ...this.storeArguments(v, callee, 0),
      ins.storeVm("tailFn", ins.i32(u.record(callee))),
      ins.storeVm("tailPc", ins.i32(u.address(v.pc))),
      u.returnStatus(ins.i32(STATUS.TAIL)),
    );
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
