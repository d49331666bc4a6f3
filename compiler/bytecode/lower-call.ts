/**
 * Lowering of calls. Arguments are written where the callee's window will start, as soon as nothing in between can call or
 * allocate: outgoing slots do not survive a call, and a collection does not look at them.
 *
 * A function that captures variables gets them as leading arguments in a direct call; as a value it is a closure, whose
 * function takes them out of its slots (instances.ts).
 */
import { childrenOf } from "../analysis/children.js";
import type { FnSymbol } from "../analysis/symbols.js";
import { mayRefer, type Rep, type Type } from "../analysis/types.js";
import { prune } from "../infer/types.js";
import { parameterRegisters } from "../layout/frame.js";
import type { CallExpr, Expr, MemberExpr, NameExpr } from "../syntax/ast.js";
import { isOut, type OutSlot, type Register, type VReg } from "./code.js";
import type { Instance, Unit } from "./instances.js";
import { type At, stripped } from "./lower-base.js";
import { mayAssign } from "./lower-condition.js";
import { MAX_SLOTS, ObjectLowering } from "./lower-object.js";
import { NO_ENV, repIn } from "./run-types.js";

/** What a call goes to, and the expressions that it passes. */
export type Callee =
  | { readonly kind: "function"; readonly instance: Instance; readonly args: readonly Expr[]; readonly at: At }
  | {
      readonly kind: "value";
      readonly callee: Expr;
      readonly args: readonly Expr[];
      readonly params: readonly Rep[];
      readonly result: Rep | null;
      readonly at: At;
    };

/** The object of a captured variable in a closure: references come first. */
export function slotsOf(units: readonly Unit[]): { readonly slots: readonly number[]; readonly refs: number } {
  const refs = units.filter((u) => mayRefer(u.rep)).length;
  let ref = 0;
  let scalar = refs;
  return { slots: units.map((u) => (mayRefer(u.rep) ? ref++ : scalar++)), refs };
}

export abstract class CallLowering extends ObjectLowering {
  protected abstract builtin(e: CallExpr, name: string, target?: Register): Register;

  /** Lowers a call; the register of one without a result means nothing. */
  protected call(e: CallExpr, target?: Register): Register {
    if (e.builtin !== undefined) return this.builtin(e, e.builtin, target);
    const callee = stripped(e.callee);
    if (callee.kind === "member" && callee.resolved?.kind === "variant")
      return this.variantValue(prune(e.type!), callee.resolved.variant, e.args, e.span, target);
    return this.callTo(this.calleeOf(e), target);
  }

  protected calleeOf(e: CallExpr): Callee {
    const callee = stripped(e.callee);
    const at = callee.kind === "member" ? callee.name.span : e.callee.span;
    const direct = (fn: FnSymbol, use: NameExpr | MemberExpr, args: readonly Expr[]): Callee => ({
      kind: "function",
      instance: this.program.instances.of(fn, use.typeArgs, this.env),
      args,
      at,
    });
    if (callee.kind === "name" && callee.symbol?.kind === "fn") return direct(callee.symbol, callee, e.args);
    if (callee.kind === "member") {
      const { resolved } = callee;
      if (resolved?.kind === "method") return direct(resolved.fn, callee, [callee.object, ...e.args]);
      if (resolved?.kind === "static") return direct(resolved.fn, callee, e.args);
      if (resolved?.kind === "export" && resolved.symbol.kind === "fn") return direct(resolved.symbol, callee, e.args);
    }
    const type = this.typeOfValue(e.callee);
    if (type.kind !== "fn") throw new Error("a function was promised");
    const params = type.params.map((p) => this.repOf(p));
    return { kind: "value", callee: e.callee, args: e.args, params, result: repIn(type.result, this.env), at };
  }
  protected resultOf(c: Callee): Rep | null {
    return c.kind === "function" ? c.instance.result : c.result;
  }

  private callTo(c: Callee, target?: Register): Register {
    const slots = this.pass(c);
    const rep = this.resultOf(c);
    const result: VReg | null = rep === null ? null : target !== undefined && !isOut(target) ? target : this.temp(rep);
    this.code.at(c.at.start);
    const span = { start: c.at.start, end: c.at.end, operands: [] };
    if (c.kind === "function") this.code.call(c.instance.index, slots, result, span);
    else this.code.callValue(this.program.types.signature(c.params, c.result), slots, result, span);
    return result === null ? { out: 0, rep: "i32" } : this.into(target, result);
  }
  protected tailCall(c: Callee): void {
    const slots = this.pass(c);
    this.code.at(c.at.start);
    const span = { start: c.at.start, end: c.at.end, operands: [] };
    if (c.kind === "function") this.code.tailCall(c.instance.index, slots, span);
    else this.code.tailCallValue(this.program.types.signature(c.params, c.result), slots, span);
  }

  /** Writes what is passed to the outgoing slots; answers how many those are. */
  private pass(c: Callee): number {
    if (c.kind === "value") {
      const later = c.args.find(mayAssign);
      const closure = later ? this.first(c.callee, later) : this.value(c.callee);
      // The closure waits in its register: evaluating the arguments may call.
      return this.passArguments([closure], ["ref"], c.args, c.params);
    }
    const { units, params } = c.instance;
    const captured = units.map((u) => this.unitRegister(u));
    return this.passArguments(
      captured,
      units.map((u) => u.rep),
      c.args,
      params,
    );
  }
  private passArguments(
    before: readonly Register[],
    beforeReps: readonly Rep[],
    args: readonly Expr[],
    params: readonly Rep[],
  ): number {
    const reps = [...beforeReps, ...params];
    const slots: OutSlot[] = parameterRegisters(reps).map((out, i) => ({ out, rep: reps[i]! }));
    const own = slots.slice(before.length);
    const last = args.findLastIndex(hasSafepoint);
    const assigns = args.findLastIndex(mayAssign);
    const waiting: Register[] = [];
    // Arguments before one that calls wait in registers. Plain loops: calls nest, and every frame counts.
    for (let i = 0; i < args.length; i++) {
      if (i < last) {
        const r = this.value(args[i]!);
        waiting.push(i < assigns && stripped(args[i]!).kind === "name" ? this.into(this.temp(params[i]!), r) : r);
      } else this.value(args[i]!, own[i]!);
    }
    for (let i = 0; i < waiting.length; i++) this.code.emit("MOVE", [own[i]!, waiting[i]!]);
    for (let i = 0; i < before.length; i++) this.code.emit("MOVE", [slots[i]!, before[i]!]);
    return slots.length;
  }

  // Captured variables and function values.

  /** What is passed for a captured variable, out of where it lives in this function. */
  protected unitRegister(u: Unit): Register {
    const found =
      u.is === "flag"
        ? this.flags.get(u.symbol)
        : u.is === "cell"
          ? this.cells.get(u.symbol)
          : this.variables.get(u.symbol);
    if (found) return found;
    // A variable that is not declared by then: only its type matters, nobody reads it.
    const none = this.temp(u.rep);
    this.zeroInto(u.rep, none);
    return none;
  }
  /** Something of that representation. */
  protected zeroInto(rep: Rep, to: Register): void {
    if (rep === "ref") this.load({ type: "ref", text: "" }, to);
    else if (rep === "any") this.wrapped(this.load({ type: "ref", text: "" }), "ref", to);
    else if (rep === "f64") this.load({ type: "f64", value: 0 }, to);
    else if (rep === "i64" || rep === "u64") this.load({ type: rep, value: 0n }, to);
    else this.load({ type: rep, value: 0 }, to);
  }

  /** A function as a value: an object of the program, or a new closure over what it captures. */
  protected functionValue(fn: FnSymbol, args: readonly Type[] | undefined, at: At, target?: Register): Register {
    const instance = this.program.instances.of(fn, args, this.env, true);
    const { units } = instance;
    if (units.length === 0) return this.load({ type: "ref", object: { kind: "function", fn: instance.index } }, target);
    const { slots, refs } = slotsOf(units);
    if (units.length >= MAX_SLOTS) throw new TooManyCaptures(`${units.length}`);
    const closure = this.emitTo("NEW_CLOSURE", "ref", undefined, [units.length, refs, instance.index], at);
    units.forEach((u, i) => {
      this.code.emit("STORE_SLOT", [closure, this.unitRegister(u), slots[i]!]);
    });
    return this.into(target, closure);
  }

  /** Whether a call is one whose result is ours as it is, so that it can take our place (extensions 17.4). */
  protected isTailCall(e: Expr, result: Rep | null): e is CallExpr {
    if (e.kind !== "call" || e.builtin !== undefined || e.convert || result === null) return false;
    const callee = stripped(e.callee);
    if (callee.kind === "member" && callee.resolved?.kind === "variant") return false;
    return this.resultOf(this.calleeOf(e)) === result;
  }
}

/** A closure has more slots than an instruction can name. */
export class TooManyCaptures extends Error {}

/** Does evaluating this call an Orus function, or allocate? Then nothing may wait in outgoing slots meanwhile. */
function hasSafepoint(e: Expr): boolean {
  const work: Expr[] = [e];
  for (let x = work.pop(); x; x = work.pop()) {
    if (x.convert) return true;
    switch (x.kind) {
      case "call":
      case "index":
      case "slice":
      case "array":
      case "struct":
      case "fn":
      case "match":
      case "block":
        return true;
      case "cast":
        if (mayAllocate(x.type!)) return true;
        break;
      case "member":
        // A variant, or a function as a value.
        if (x.resolved?.kind !== "field" && x.resolved?.kind !== "export") return true;
        break;
      case "name":
        if (x.symbol?.kind === "fn") return true;
        continue;
      case "binary":
        // Comparing strings may bring a rope's bytes together.
        if (mayAllocate(x.left.type!) || mayAllocate(x.type!)) return true;
        break;
      case "unary":
        if (mayAllocate(x.type!)) return true;
        break;
    }
    childrenOf(x, work);
  }
  return false;
}
function mayAllocate(type: Type): boolean {
  const t = prune(type);
  if (t.kind === "param") return true;
  const rep = repIn(t, NO_ENV);
  return rep !== null && mayRefer(rep);
}
