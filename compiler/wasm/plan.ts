/**
 * The exits of every operation, announced before lowering writes the first expression: only then is it known which of
 * them share their code (exits.ts).
 */
import { parameterRegisters } from "../layout/frame.js";
import type { Block, FrameState, Value } from "../ssa/index.js";
import { happensOnce, isCall, isConstant, replacesFrame, tyOf } from "../ssa/index.js";
import type { BudgetPlan } from "./budget.js";
import { type Cleared, type Exit, Exits, type Store } from "./exits.js";
import { AFTER_CALL_SITE, Tails } from "./tails.js";
import type { Unit } from "./unit.js";
import type { Wanted, WantedStates } from "./wanted.js";

/** The exits of one op; which of them exist depends on the op. */
export interface OpExits {
  /** The check fails (JIT). */
  readonly leave?: Exit;
  /** A charge may not go on: the status local holds what asking answered. */
  readonly asked?: Exit;
  /** Leaves before the op for an empty host stack. */
  readonly unwind?: Exit;
  /** A call's status is not OK. */
  readonly called?: Exit;
  /** A pending error is set. */
  readonly error?: Exit;
  /** The body does not begin. */
  readonly notEntered?: Exit;
}

export class ExitPlan {
  readonly exits: Exits;
  private readonly tails: Tails;
  private readonly byValue = new Map<Value, OpExits>();
  private readonly byBlock = new Map<Block, Exit>();
  private readonly failing = new Map<Value, Map<string, Exit>>();
  /** For the depth check. Absent in loops and in module-level code, which is not called. */
  readonly notEntered: Exit | null;

  constructor(
    private readonly u: Unit,
    blocks: readonly Block[],
    private readonly states: WantedStates,
    private readonly localOf: ReadonlyMap<Value, number>,
    private readonly budget: BudgetPlan,
    codes: (v: Value) => readonly string[],
  ) {
    this.exits = new Exits(u);
    this.tails = new Tails(u);
    this.notEntered =
      u.isLoop || u.f.fn === 0
        ? null
        : this.exits.exit(this.tails.notEntered(), u.target.aot ? [] : this.parameters(), [], null);
    for (const b of blocks) {
      for (const v of b.values) {
        if (!v.row?.exits) continue;
        if (u.target.aot) this.aot(v, codes(v));
        else this.byValue.set(v, this.jit(v));
      }
      if (b.term.kind === "exit") {
        const { state } = b.term;
        const tail = this.tails.leave(state, this.budget.atEnd(b));
        this.byBlock.set(b, this.stateExit(tail, states.atEnd(b), addressOf(u, state), state));
      }
    }
    this.exits.settle();
  }

  of(v: Value): OpExits {
    return this.byValue.get(v) ?? {};
  }
  /** The exit of a failing check. `code` matters in AOT only. */
  failure(v: Value, code: string): Exit {
    return this.u.target.aot ? this.failing.get(v)!.get(code)! : this.of(v).leave!;
  }
  atEnd(b: Block): Exit {
    return this.byBlock.get(b)!;
  }

  private jit(v: Value): OpExits {
    const { u, tails, exits } = this;
    const wanted = this.states.at(v);
    const flush = this.budget.before(v);
    if (happensOnce(v)) return { error: exits.exit(tails.error(v.inlined, flush), [], [], null) };
    const { state } = v;
    if (!state) throw new Error(`no frame state: ${v.op}`);
    const address = addressOf(u, state);
    switch (v.op) {
      case "call":
      case "call.value":
        if (!replacesFrame(v)) checkBefore(v);
        return { called: this.stateExit(tails.called(state, v.inlined), wanted, u.address(v.pc), state) };
      case "check.depth":
        return { unwind: this.stateExit(tails.unwind(state, flush), wanted, address, state) };
      case "charge": {
        if (v.aux === "entry") return { notEntered: this.notEntered! };
        return { asked: this.stateExit(tails.asked(state, v.inlined, canLeave(u, v), flush), wanted, address, state) };
      }
      default:
        return { leave: this.stateExit(tails.leave(state, flush), wanted, address, state) };
    }
  }

  private aot(v: Value, codes: readonly string[]): void {
    const { u, tails, exits } = this;
    const flush = this.budget.before(v);
    if (happensOnce(v)) this.byValue.set(v, { error: exits.exit(tails.error(v.inlined, flush), [], [], null) });
    else if (v.op === "check.budget")
      this.byValue.set(v, { error: exits.exit(tails.error(v.inlined, flush), [], [], null) });
    else if (v.op === "charge")
      this.byValue.set(
        v,
        v.aux === "entry"
          ? { notEntered: this.notEntered! }
          : { error: exits.exit(tails.error(v.inlined, flush), [], [], null) },
      );
    else if (isCall(v)) {
      const site = u.site(null, v.pc, v.inlined);
      const after = {
        depth: u.site("E0008", v.pc, v.inlined),
        budget: u.target.aot!.budget ? u.site("E0040", v.pc, v.inlined) : -1,
      };
      if (after.depth !== site + AFTER_CALL_SITE.depth) throw new Error("sites of a call are not in order");
      this.byValue.set(v, { called: exits.exit(tails.calledAot(), [], [], site) });
    } else
      this.failing.set(
        v,
        new Map(
          codes.map((code) => [code, exits.exit(tails.failed(code, flush), [], [], u.site(code, v.pc, v.inlined))]),
        ),
      );
  }

  private stateExit(tail: Exit["tail"], wanted: readonly Wanted[], code: number, state: FrameState): Exit {
    const stores: Store[] = [];
    const kept: number[] = [];
    for (const w of wanted) {
      if (w.kept) kept.push(w.slot);
      else
        stores.push({
          slot: w.slot,
          type: w.value.type!,
          from: this.source(w.value),
        });
    }
    return this.exits.exit(tail, stores, kept, code, this.cleared(state));
  }
  /** Windows that do not exist so far: all but that of the frame a loop was entered in. */
  private cleared(state: FrameState): Cleared[] {
    const { functions } = this.u.target.chunk;
    const made = this.u.isLoop ? state.frames.slice(1) : state.frames;
    return made.filter(({ fn }) => functions[fn]!.refParams + functions[fn]!.otherRefs > 0);
  }
  private source(v: Value): number | Value {
    if (isConstant(v)) return v;
    const local = this.localOf.get(v);
    if (local === undefined) throw new Error(`v${v.id} is in a frame state and has no local`);
    return local;
  }
  /** At the start of a body its parameters are still where they arrived. */
  private parameters(): Store[] {
    const registers = parameterRegisters(this.u.f.params);
    return this.u.f.params.map((rep, i) => ({
      slot: registers[i]!,
      type: tyOf(rep),
      from: i,
    }));
  }
}

/** Whether native code may be left at a charge as at the end of a batch. */
export const canLeave = (u: Unit, v: Value): boolean => u.isLoop && v.aux === "loop" && v.state?.frames.length === 1;

/** Address at which the innermost frame goes on. */
function addressOf(u: Unit, state: FrameState): number {
  return u.address(state.frames[state.frames.length - 1]!.pc);
}

/**
 * The state before a call is the one after it, plus the outgoing arguments, which the callee stores. That makes both
 * exits of a call one; here it is made sure of.
 */
function checkBefore(v: Value): void {
  const before = v.before!.frames;
  const after = v.state!.frames;
  const top = before.length - 1;
  const arguments_ = new Set(v.args);
  before.forEach((frame, i) => {
    for (const [r, x] of frame.registers) {
      const other = after[i]!.registers.get(r);
      if (other === x || (other === undefined && i === top && arguments_.has(x))) continue;
      throw new Error(`the states around the call at ${v.pc} differ in register ${r}`);
    }
    for (const r of after[i]!.registers.keys())
      if (!frame.registers.has(r)) throw new Error(`register ${r} is only known after the call at ${v.pc}`);
  });
}
