/**
 * Charging for loop bodies and calls, asking when the budget is used up, and the depth check of inlined calls.
 *
 *   charge       budget = VM.budget
 *                if budget <= 0: ask; budget = VM.budget
 *                budget -= 1
 *
 * The budget stays in the local after that (budget.ts says how long); where it is there already, nothing is loaded. Asking
 * stores it first.
 */
import { POLL } from "../layout/vm.js";
import type { Block, Value } from "../ssa/index.js";
import type { Expr } from "./instructions.js";
import type { Lowering } from "./lower.js";
import { canLeave } from "./plan.js";

export class ChargeLowering {
  /** Where the budget stands in a local, its store and load. */
  flush(): Expr {
    const { u } = this.lowering;
    return u.ins.storeVm("budget", this.get());
  }
  reload(): Expr {
    const { u } = this.lowering;
    return u.ins.m.local.set(u.budgetLocal, u.ins.loadVm("budget"));
  }
  constructor(private readonly lowering: Lowering) {}

  charge(v: Value, b: Block, out: Expr[]): void {
    const { u, budget, forced, plan } = this.lowering;
    const { ins } = u;
    const inLocal = budget.before(v);
    if (!u.target.aot) {
      const { asked, notEntered } = plan.of(v);
      const answer = ins.i32(canLeave(u, v) ? POLL.LEAVE : POLL.UNWIND);
      forced.before(v, (asked ?? notEntered)!, plan.exits, out, () =>
        asked ? [ins.m.local.set(u.statusLocal, answer)] : [],
      );
    }
    if (!inLocal) out.push(this.reload());
    const used = ins.op("i32.le_s", this.get(), ins.i32(0));
    if (budget.asksOutside(b) === v) out.push(ins.m.br_if(slowLabel(b), used));
    else out.push(ins.m.if(used, ins.m.block(null, this.ask(v, inLocal))));
    out.push(ins.m.local.set(u.budgetLocal, ins.op("i32.sub", this.get(), ins.i32(1))));
  }

  /** A loop whose first charge jumps here when the budget is used up. */
  around(v: Value, header: Block, loop: Expr): Expr {
    const { m } = this.lowering.u.ins;
    const label = `ask${header.id}`;
    return m.loop(label, m.block(null, [m.block(slowLabel(header), [loop]), ...this.ask(v, true), m.br(label)]));
  }

  private ask(v: Value, inLocal: boolean): Expr[] {
    const { u, plan } = this.lowering;
    const { ins } = u;
    const exits = plan.of(v);
    const place = u.target.aot ? u.site("E0040", v.pc, v.inlined) : u.address(v.pc);
    const out: Expr[] = inLocal ? [this.flush()] : [];
    const poll = u.call("pollNative", [ins.i32(place), ins.i32(canLeave(u, v) ? 1 : 0)], "i32");
    // A body that may not charge does not begin, whatever the answer: the error is the CALL's, where it is asked again.
    if (exits.notEntered) return [...out, ...plan.exits.leave(exits.notEntered, poll), this.reload()];
    // The budget is loaded before leaving, which stores it again.
    out.push(ins.m.local.set(u.statusLocal, poll), this.reload());
    return [...out, ...plan.exits.leave((exits.asked ?? exits.error)!, u.getStatus())];
  }

  /** Before a tail call; the budget stays where it is, local or memory. JIT: leaves, and the interpreter asks. */
  checkBudget(v: Value, out: Expr[]): void {
    const { u, budget, forced, plan } = this.lowering;
    const { ins } = u;
    const inLocal = budget.before(v);
    const used = ins.op("i32.le_s", inLocal ? this.get() : ins.loadVm("budget"), ins.i32(0));
    const exits = plan.of(v);
    if (exits.leave) {
      forced.before(v, exits.leave, plan.exits, out);
      out.push(...plan.exits.leave(exits.leave, used));
      return;
    }
    const poll = u.call("pollNative", [ins.i32(u.site("E0040", v.pc, v.inlined)), ins.i32(0)], "i32");
    const ask = [
      ...(inLocal ? [this.flush()] : []),
      ins.m.local.set(u.statusLocal, poll),
      // The budget is loaded before leaving, which stores it again.
      ...(inLocal ? [this.reload()] : []),
      ...plan.exits.leave(exits.error!, u.getStatus()),
    ];
    out.push(ins.m.if(used, ins.m.block(null, ask)));
  }

  /** The depth of an inlined call, as its body would have tested it. */
  checkDepth(v: Value, out: Expr[]): void {
    const { u, plan, forced } = this.lowering;
    const { ins } = u;
    const exit = u.target.aot ? plan.failure(v, "E0008") : plan.of(v).unwind!;
    if (!u.target.aot) forced.before(v, exit, plan.exits, out);
    const stop = u.depthStop();
    out.push(...plan.exits.leave(exit, ins.op("i32.ge_s", u.getDepth(v.aux as number), stop)));
  }

  private get(): Expr {
    const { u } = this.lowering;
    return u.ins.get(u.budgetLocal, "i32");
  }
}

const slowLabel = (header: Block): string => `slow${header.id}`;
