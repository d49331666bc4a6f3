/**
 * A structured SSA function as one Binaryen function.
 *
 *   structure ─► trees ─► ranges ─► locals ─► exits announced ─► expressions
 *
 * Values in trees are computed where they are used; the others where they stand, into their local. An op's tests come
 * at its own place, in the order of the effect chain. Costs little more than one visit per value: no optimisation is done
 * here, the passes have done theirs and the engine will do its own.
 */

import { errorNumber } from "../bytecode/places.js";
import { HELPERS, type HelperName, type HelperRow } from "../layout/helpers.js";
import { STRING } from "../layout/objects.js";
import {
  type Block,
  type Dominators,
  dominatorsOf,
  type Edge,
  errorCode,
  type Func,
  isConstant,
  loopsOf,
  SSA_OPS,
  type SsaOp,
  type Value,
  wasmType,
} from "../ssa/index.js";
import { type BudgetPlan, planBudget } from "./budget.js";
import { CallLowering } from "./calls.js";
import { ChargeLowering } from "./charge.js";
import { type Check, codesOf, lowerCheck } from "./checks.js";
import { ForcedExits, type ForcedSite } from "./forced.js";
import { type Expr, slotOffset } from "./instructions.js";
import { allocateLocals, type Locals, type LocalType } from "./locals.js";
import { lowerLoad, lowerStore } from "./memory.js";
import { sequentialise } from "./moves.js";
import { ExitPlan } from "./plan.js";
import { rangesOf } from "./ranges.js";
import { planShadow, type Shadow, shadowBytes } from "./shadow.js";
import { shapeOf } from "./shape.js";
import { blocksIn, type Node, structure } from "./structure.js";
import { type Trees, treesOf } from "./trees.js";
import type { Unit } from "./unit.js";
import { valuesInStates, WantedStates } from "./wanted.js";

export interface Lowered {
  readonly body: Expr;
  readonly forced: readonly ForcedSite[];
}

/** Lowers a unit's function; its locals are then `u.vars`. Throws on what the back end cannot do. */
export function lower(u: Unit): Lowered {
  return new Lowering(u).run();
}

/**
 * Takes the depth checks of inlined calls out of a JIT body and gives the deepest level. The test at the body's start then
 * asks for that much more room; nearer to the limit the interpreter runs the function, and counts exactly.
 */
function takeDepthChecks(f: Func): number {
  let deepest = 0;
  for (const b of f.blocks) {
    b.values = b.values.filter((v) => {
      if (v.op !== "check.depth") return true;
      deepest = Math.max(deepest, v.aux as number);
      return false;
    });
  }
  return deepest;
}

/** Comparisons whose opposite is an instruction too. */
const OPPOSITE: Readonly<Record<string, string>> = {
  eq: "ne",
  ne: "eq",
  lt_s: "ge_s",
  le_s: "gt_s",
  lt_u: "ge_u",
  le_u: "gt_u",
};

export class Lowering {
  readonly plan: ExitPlan;
  readonly budget: BudgetPlan;
  readonly forced: ForcedExits;
  private readonly nodes: Node[];
  private readonly dom: Dominators;
  private readonly trees: Trees;
  private readonly states = new WantedStates();
  private readonly locals: Locals;
  private readonly calls: CallLowering;
  private readonly charges: ChargeLowering;
  /** Results of checked ops that are computed where they are used. */
  private readonly delayed = new Map<Value, () => Expr>();
  private readonly shadow: Shadow;

  /** Levels of inlined calls that the test at a body's start covers. */
  private readonly depthMargin: number;

  constructor(readonly u: Unit) {
    const { f } = u;
    this.depthMargin = u.target.aot || u.isLoop || f.fn === 0 ? 0 : takeDepthChecks(f);
    this.dom = dominatorsOf(f);
    const loops = loopsOf(f, this.dom);
    this.nodes = structure(f, this.dom, loops);
    const blocks = blocksIn(this.nodes);
    const forcing = u.target.forceSite !== null;
    this.trees = treesOf(blocks, valuesInStates(f, this.states), forcing);
    const ranges = rangesOf(blocks, this.trees, this.states);
    this.locals = allocateLocals(blocks, ranges, this.states, loops, u.params, u.paramCount);
    for (const t of this.locals.types) u.vars.push(u.ins.type(t));
    this.shadow = planShadow(blocks, ranges, this.locals.of);
    u.shadowSlots = this.shadow.slots;
    this.budget = planBudget(f, loops);
    this.plan = new ExitPlan(u, blocks, this.states, this.locals.of, this.budget, codesOf);
    this.forced = new ForcedExits(u);
    this.calls = new CallLowering(this);
    this.charges = new ChargeLowering(this);
  }

  run(): Lowered {
    const { u } = this;
    const body: Expr[] = this.takeShadow();
    const { notEntered } = this.plan;
    if (notEntered)
      body.push(
        ...this.plan.exits.leave(notEntered, u.ins.op("i32.ge_s", u.getDepth(this.depthMargin), u.depthStop())),
      );
    this.sequence(this.nodes, body);
    return { body: u.ins.m.block(null, this.plan.exits.wrap(body)), forced: this.forced.sites };
  }

  /** Takes a cleared frame of the shadow stack and puts the parameters there that need it. */
  private takeShadow(): Expr[] {
    const { u, shadow } = this;
    if (shadow.slots === 0) return [];
    const { ins } = u;
    const bytes = shadowBytes(shadow.slots);
    const clear =
      bytes <= 64
        ? Array.from({ length: bytes / 8 }, (_, i) => ins.store("i64", u.getShadow(), 8 * i, ins.constant("i64", 0)))
        : [ins.m.memory.fill(u.getShadow(), ins.i32(0), ins.i32(bytes))];
    return [
      ins.m.local.set(u.shadowLocal, ins.loadVm("shadowTop")),
      ...clear,
      ins.storeVm("shadowTop", ins.plus(u.getShadow(), bytes)),
    ];
  }
  /** Stores a value that was just made to its slot on the shadow stack, if it has one. */
  private keep(v: Value, out: Expr[]): void {
    const slot = this.shadow.slotOf(v);
    if (slot < 0) return;
    const { ins } = this.u;
    let x = this.read(v);
    // Of an `any` the slot has the reference, or 0.
    if (v.type === "any") {
      const high = ins.op("i64.shr_u", this.read(v), ins.constant("i64", 32));
      x = ins.m.select(ins.op("i64.eqz", high), ins.op("i32.wrap_i64", x), ins.i32(0));
    }
    out.push(ins.store("i32", this.u.getShadow(), 4 * slot, x));
  }

  // Structure.

  sequence(nodes: readonly Node[], out: Expr[] = []): Expr[] {
    for (const n of nodes) this.node(n, out);
    return out;
  }

  private node(n: Node, out: Expr[]): void {
    const { m } = this.u.ins;
    switch (n.kind) {
      case "code":
        for (const v of n.block.values) this.statement(v, n.block, out);
        return;
      case "block":
        out.push(m.block(follower(n.label), this.sequence(n.body)));
        return;
      case "loop": {
        const asked = this.budget.asksOutside(n.header);
        const loop = m.loop(header(n.header), m.block(null, this.sequence(n.body)));
        out.push(asked ? this.charges.around(asked, n.header, loop) : loop);
        return;
      }
      case "if":
        this.branch(n, out);
        return;
      case "goto":
        this.edge(n.from, n.edge, out);
        if (n.how === "br") out.push(m.br(this.label(n.from, n.edge.to)));
        return;
      case "end":
        this.end(n.block, out);
        return;
    }
  }

  private branch(n: Node & { kind: "if" }, out: Expr[]): void {
    const { m } = this.u.ins;
    const { term } = n.block;
    if (term.kind !== "branch") throw new Error("an if without a branch");
    const inverted = n.then.length === 0;
    const condition = this.condition(term.cond, inverted);
    const arm = inverted ? n.otherwise : n.then;
    const only = arm.length === 1 ? arm[0]! : null;
    const body = this.sequence(arm);
    if (only?.kind === "goto" && only.how === "br" && body.length === 1)
      out.push(m.br_if(this.label(only.from, only.edge.to), condition));
    else out.push(m.if(condition, m.block(null, body)));
  }

  /** A branch's condition, or its opposite. */
  private condition(v: Value, inverted: boolean): Expr {
    const { ins } = this.u;
    if (!inverted) return this.read(v);
    if (this.trees.inTree(v)) {
      if (v.op === "i32.eqz") return this.read(v.args[0]!);
      const [type, how] = v.op.split(".") as [string, string];
      const opposite = type === "f64" && how !== "eq" && how !== "ne" ? undefined : OPPOSITE[how];
      // Less than and not less than are no opposites for NaN.
      if (opposite && (type === "i32" || type === "i64" || type === "f64"))
        return ins.op(`${type}.${opposite}`, this.read(v.args[0]!), this.read(v.args[1]!));
    }
    return ins.op("i32.eqz", this.read(v));
  }

  private label(from: Block, to: Block): string {
    return this.dom.dominates(to, from) ? header(to) : follower(to);
  }

  /** Brings the budget to where the target has it, and the arguments into its parameters. */
  private edge(from: Block, e: Edge, out: Expr[]): void {
    const { u } = this;
    const { m } = u.ins;
    const [was, is] = [this.budget.atEnd(from), this.budget.atStart(e.to)];
    if (was && !is) out.push(this.charges.flush());
    else if (!was && is) out.push(this.charges.reload());
    const moves = e.to.params.flatMap((p, i) => {
      const to = this.locals.of.get(p);
      const arg = e.args[i]!;
      if (to === undefined || (!isConstant(arg) && !this.trees.inTree(arg) && this.locals.of.get(arg) === to))
        return [];
      const reads: number[] = [];
      this.trees.leaves(arg, (leaf) => reads.push(this.locals.of.get(leaf)!));
      return [{ to, arg, reads }];
    });
    const saved = new Map<(typeof moves)[number], number>();
    for (const { kind, move } of sequentialise(moves)) {
      const type = wasmType(move.arg.type!);
      if (kind === "move") out.push(m.local.set(move.to, this.read(move.arg)));
      else if (kind === "save") {
        const temporary = u.local(`move ${type} ${saved.size}`, u.ins.type(type));
        saved.set(move, temporary);
        out.push(m.local.set(temporary, this.read(move.arg)));
      } else out.push(m.local.set(move.to, u.ins.get(saved.get(move)!, type)));
    }
    e.to.params.forEach((p, i) => {
      // An argument in the same local that is kept itself stands there already.
      const arg = e.args[i]!;
      const same = this.locals.of.get(arg) === this.locals.of.get(p) && this.shadow.slotOf(arg) >= 0;
      if (!same || isConstant(arg)) this.keep(p, out);
    });
  }

  private end(b: Block, out: Expr[]): void {
    const { u } = this;
    const t = b.term;
    if (t.kind === "return") {
      if (this.budget.atEnd(b)) out.push(this.charges.flush());
      out.push(u.returnValue(t.value ? this.read(t.value) : null));
    } else if (t.kind === "exit") out.push(...this.plan.exits.leave(this.plan.atEnd(b), null));
    else out.push(u.ins.m.unreachable());
  }

  // Values.

  private statement(v: Value, b: Block, out: Expr[]): void {
    if (v.op === "param") this.keep(v, out);
    if (isConstant(v) || v.op === "param") return;
    this.operation(v, b, out);
    this.keep(v, out);
  }
  private operation(v: Value, b: Block, out: Expr[]): void {
    const shape = shapeOf(v, this.u.target.forceSite !== null);
    if (!shape.statement) {
      if (this.trees.inTree(v)) return;
      const local = this.locals.of.get(v);
      if (local !== undefined) out.push(this.u.ins.m.local.set(local, this.compute(v)));
      return;
    }
    switch (v.op) {
      case "call":
      case "call.value":
        if (this.budget.before(v)) out.push(this.charges.flush());
        this.calls.call(v, out);
        return;
      case "tailcall":
      case "tailcall.value":
        if (this.budget.before(v)) out.push(this.charges.flush());
        this.calls.tailCall(v, out);
        return;
      case "check.budget":
        this.charges.checkBudget(v, out);
        return;
      case "print":
        out.push(...this.calls.print(v));
        return;
      case "runtime":
        this.runtime(v, out);
        return;
      case "helper":
        this.calls.helper(v, out);
        return;
      case "array.store":
      case "slot.store":
        out.push(lowerStore(v, this.u.ins, (x) => this.read(x)));
        return;
      case "charge":
        this.charges.charge(v, b, out);
        return;
      case "check.depth":
        this.charges.checkDepth(v, out);
        return;
      case "global.set":
        out.push(this.storeGlobal(v));
        return;
      case "raise":
        out.push(this.raise(v));
        return;
    }
    this.check(v, out);
  }

  /** The error of an operation inside of a `try`. */
  private raise(v: Value): Expr {
    const { u } = this;
    const code = v.aux as string;
    const place = u.target.aot ? u.site(code, v.pc, v.inlined) : u.address(v.pc);
    return u.call("fail", [u.ins.i32(errorNumber(code)), u.ins.i32(place)], null);
  }
  private check(v: Value, out: Expr[]): void {
    const { u, plan } = this;
    const own = this.freeLocal(v);
    let inOwn = false;
    if (!u.target.aot) this.forced.before(v, plan.of(v).leave!, plan.exits, out);
    const check: Check | null = lowerCheck(v, {
      ins: u.ins,
      read: (x) => this.read(x),
      leave: (condition, zero = false) =>
        plan.exits.leave(plan.failure(v, errorCode(v.op as SsaOp, v.aux, zero)), condition),
      codes: u.target.aot !== null,
      target: (type) => {
        inOwn = own !== null;
        return own ?? this.scratch(type);
      },
      scratch: (type) => this.scratch(type),
      helper: (name, args) => u.call(name, args, name === "fmod" ? "f64" : "i32"),
    });
    if (!check) throw new Error(`no lowering of ${v.op}`);
    out.push(...check.statements);
    if (!check.value) return;
    if (this.trees.inTree(v)) this.delayed.set(v, check.value);
    else {
      const local = this.locals.of.get(v);
      if (local !== undefined && !inOwn) out.push(u.ins.m.local.set(local, check.value()));
    }
  }
  /** A runtime function that allocates: its result says whether there was memory. */
  private runtime(v: Value, out: Expr[]): void {
    const { u, plan } = this;
    const { ins } = u;
    const name = v.aux as HelperName;
    const { fails } = HELPERS[name] as HelperRow;
    const exit = u.target.aot ? plan.failure(v, "E0009") : plan.of(v).leave!;
    if (!u.target.aot) this.forced.before(v, exit, plan.exits, out);
    const own = this.freeLocal(v);
    const result = own ?? this.scratch("i32");
    const call = u.call(
      name,
      v.args.map((a) => this.read(a)),
      "i32",
    );
    out.push(ins.m.local.set(result, call));
    out.push(...plan.exits.leave(exit, ins.op("i32.eq", ins.get(result, "i32"), ins.i32(fails!))));
    const local = this.locals.of.get(v);
    if (own === null && local !== undefined) out.push(ins.m.local.set(local, ins.get(result, "i32")));
  }
  private scratch(type: LocalType): number {
    return this.u.local(`test ${type}`, this.u.ins.type(type));
  }
  /** The result's local if it may be written before the op has left or not: no operand and no state is in it. */
  private freeLocal(v: Value): number | null {
    const local = this.locals.of.get(v);
    if (local === undefined) return null;
    const taken = (x: Value): boolean => this.locals.of.get(x) === local;
    return v.args.some(taken) || this.states.at(v).some((w) => !w.kept && taken(w.value)) ? null : local;
  }

  localOf(v: Value): number | undefined {
    return this.locals.of.get(v);
  }

  /** The expression of a value at a use. */
  read(v: Value): Expr {
    const { ins, target } = this.u;
    if (isConstant(v)) return ins.value(v, target.map);
    if (this.trees.inTree(v)) return this.compute(v);
    const local = this.locals.of.get(v);
    if (local === undefined) throw new Error(`v${v.id} has no local`);
    return ins.get(local, wasmType(v.type!));
  }

  private compute(v: Value): Expr {
    const { u } = this;
    const { ins } = u;
    const delayed = this.delayed.get(v);
    if (delayed) return delayed();
    const type = wasmType(v.type!);
    const arg = (i: number): Expr => this.read(v.args[i]!);
    switch (v.op as SsaOp) {
      case "load.reg":
        return ins.load(type, u.getBase(), slotOffset(v.aux as number));
      case "global.get":
        return ins.load(type, ins.i32(0), this.globalAddress(v));
      case "select":
        return ins.m.select(arg(0), arg(1), arg(2));
      case "failed":
        return ins.get(u.failedLocal, "i32");
      case "runtime.raw":
        return u.call(
          v.aux as HelperName,
          v.args.map((a) => this.read(a)),
          "i32",
        );
      case "i64.mul.overflows":
        return u.call("mulOverflows", [arg(0), arg(1)], "i32");
      case "string.length":
        return ins.load("i32", arg(0), STRING.at.length);
      case "helper":
        return this.calls.helperCall(v);
      case "cmp.i64.f64":
        return u.call("cmpI64F64", [arg(0), arg(1)], "i32");
      case "cmp.u64.f64":
        return u.call("cmpU64F64", [arg(0), arg(1)], "i32");
      case "cmp.i64.u64": {
        const order = ins.op("i32.sub", ins.op("i64.gt_u", arg(0), arg(1)), ins.op("i64.lt_u", arg(0), arg(1)));
        return ins.m.select(ins.op("i64.lt_s", arg(0), ins.constant("i64", 0)), ins.i32(-1), order);
      }
    }
    const loaded = lowerLoad(v, ins, (x) => this.read(x));
    if (loaded !== null) return loaded;
    const wasm = (SSA_OPS as Readonly<Record<string, { readonly wasm?: string }>>)[v.op]?.wasm;
    if (wasm === undefined) throw new Error(`no lowering of ${v.op}`);
    return ins.op(wasm, ...v.args.map((a) => this.read(a)));
  }

  private globalAddress(v: Value): number {
    return this.u.target.map.globalBase + 8 * (v.aux as number);
  }
  private storeGlobal(v: Value): Expr {
    const { ins } = this.u;
    const x = v.args[0]!;
    return ins.storeWhole(x.type!, ins.i32(0), this.globalAddress(v), this.read(x));
  }
}

const follower = (b: Block): string => `b${b.id}`;
const header = (b: Block): string => `loop${b.id}`;
