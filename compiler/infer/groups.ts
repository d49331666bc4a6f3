/**
 * The order of inference: functions without a complete signature, and statements of module level that give variables
 * their types, are checked after what they need. Those that need each other form a group, which has one type for all its
 * uses inside and is generalised as a whole (strongly connected components, Tarjan, with a stack of its own: chains of
 * calls may be long). Which method a call means is known only with types, so a call needs all methods of that name.
 *
 * Groups are inferred on demand: when a statement or another function mentions them, at the latest where the walk comes
 * by their declaration. Functions with a complete signature are known at once; their bodies wait for the walk.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { ERROR, PENDING, type Type } from "../analysis/types.js";
import type { Stmt } from "../syntax/ast.js";
import { begin, decide, walkBody } from "./bodies.js";
import type { Cx, FnState } from "./cx.js";
import type { Resolution, Unit } from "./names.js";
import { generalise } from "./schemes.js";
import { checkStatement } from "./stmt.js";
import { fnOf, isClosed, prune, structOf, type TypeParam } from "./types.js";

/** Whether the parameter is inside of one of the types. */
function mentions(types: readonly Type[], param: TypeParam): boolean {
  const walk = (type: Type): boolean => {
    const t = prune(type);
    if (t === param) return true;
    if (isClosed(t)) return false;
    if (t.kind === "array") return walk(t.element);
    if (t.kind === "fn") return t.params.some(walk) || walk(t.result);
    return t.kind === "enum" && t.args.some(walk);
  };
  return types.some(walk);
}

interface Node {
  readonly unit: Unit;
  readonly next: readonly Unit[];
  at: number;
  low: number;
  readonly index: number;
  onStack: boolean;
}

export class Groups {
  private readonly bodies = new Map<FnSymbol, Unit>();
  private readonly givers = new Map<VarSymbol, Unit>();
  private readonly statements = new Map<Stmt, Unit>();
  private readonly methods = new Map<string, Unit[]>();
  /** Units that are checked, or being checked. */
  private readonly begun = new Set<Unit>();

  constructor(
    private readonly cx: Cx,
    res: Resolution,
  ) {
    for (const unit of res.units) {
      const { fn } = unit;
      if (!fn) {
        this.statements.set(unit.node, unit);
        for (const v of unit.defines) this.givers.set(v, unit);
        continue;
      }
      this.bodies.set(fn, unit);
      if (!fn.of) continue;
      const list = this.methods.get(fn.name);
      if (list) list.push(unit);
      else this.methods.set(fn.name, [unit]);
    }
  }

  /** Gives functions with a complete signature their types. */
  declareSignatures(functions: readonly FnSymbol[]): void {
    const { cx } = this;
    for (const fn of functions) {
      const { node } = fn;
      if (fn.name === "" || !node.result) continue;
      const known = node.params.every((p, i) => p.annotation !== null || (i === 0 && fn.method));
      if (!known) continue;
      const params = node.params.map((p) =>
        p.annotation ? cx.types.of(p.annotation) : fn.of ? structOf(fn.of) : ERROR,
      );
      const result = cx.types.result(node.result);
      // Left out arguments of a generic type are inferred.
      if (!params.every(isClosed) || !isClosed(result)) continue;
      for (const { annotation } of node.params) if (annotation) cx.types.length(annotation);
      for (const [i, p] of fn.params.entries()) cx.give(p, params[i]!);
      fn.result = result;
      fn.scheme = { params: [], type: fnOf(params, result) };
    }
  }

  /** A function that is used now. */
  ensure(fn: FnSymbol): void {
    const unit = this.bodies.get(fn);
    if (unit && !fn.scheme && !this.begun.has(unit)) this.run(unit);
  }

  /** The walk comes by the declaration of a function: its body is checked now, if it was not before. */
  passing(fn: FnSymbol): void {
    const unit = this.bodies.get(fn);
    if (unit && !this.begun.has(unit)) this.run(unit);
  }

  /** The walk checks a statement of module level. */
  entering(s: Stmt): void {
    const unit = this.statements.get(s);
    if (unit) this.begun.add(unit);
  }

  /** Everything that has not been checked so far. */
  rest(): void {
    for (const unit of this.bodies.values()) if (!this.begun.has(unit) && unit.fn!.name !== "") this.run(unit);
  }

  /** What has to be known before the unit is checked. */
  private needs(unit: Unit): Unit[] {
    const found = new Set<Unit>();
    const add = (needed: Unit | undefined): void => {
      if (!needed || this.begun.has(needed) || needed.fn?.scheme || needed.fn?.name === "") return;
      // A nested function belongs to the check of the function around it.
      const owner = needed.fn?.owner;
      if (!owner || this.begun.has(this.bodies.get(owner)!)) found.add(needed);
    };
    for (const fn of unit.calls) add(this.bodies.get(fn));
    for (const v of unit.uses) if (v.type === PENDING) add(this.givers.get(v));
    for (const name of unit.methods) for (const method of this.methods.get(name) ?? []) add(method);
    return [...found];
  }

  private run(root: Unit): void {
    if (this.begun.has(root)) return;
    const nodes = new Map<Unit, Node>();
    const stack: Node[] = [];
    const visit = (unit: Unit): Node => {
      const index = nodes.size;
      const node: Node = { unit, next: this.needs(unit), at: 0, low: index, index, onStack: true };
      nodes.set(unit, node);
      stack.push(node);
      return node;
    };
    const path = [visit(root)];
    for (let node = path[path.length - 1]; node; node = path[path.length - 1]) {
      const next = node.next[node.at++];
      if (next) {
        const known = nodes.get(next);
        if (!known) path.push(visit(next));
        else if (known.onStack) node.low = Math.min(node.low, known.index);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent) parent.low = Math.min(parent.low, node.low);
      if (node.low !== node.index) continue;
      const group: Unit[] = [];
      for (let member = stack.pop()!; ; member = stack.pop()!) {
        member.onStack = false;
        group.push(member.unit);
        if (member === node) break;
      }
      this.group(group.reverse());
    }
  }

  /** Checks the members of a group, what is above first. */
  private group(units: readonly Unit[]): void {
    const { cx } = this;
    const { unifier, fn: around } = cx;
    const before = unifier.level;
    for (const unit of units) this.begun.add(unit);
    const owner = units.find((unit) => unit.fn)?.fn?.owner ?? null;
    const level = owner ? (cx.levels.get(owner) ?? before) : 0;
    const mark = unifier.mark();
    const postponed = cx.postponed;
    const uses = cx.groupUses.length;
    unifier.level = level + 1;
    const states: FnState[] = [];
    for (const { fn } of units) if (fn) states.push(begin(cx, fn));
    for (const { fn, node } of units) {
      if (fn) continue;
      unifier.level = level;
      cx.fn = null;
      this.checkNow(node);
    }
    unifier.level = level + 1;
    for (const state of states) walkBody(cx, state);
    decide(cx, states);
    unifier.settleFrom(mark);
    unifier.level = level;
    cx.runPostponed(postponed);
    this.generalise(states, level, uses);
    unifier.level = before;
    cx.fn = around;
  }

  private checkNow(node: Unit["node"]): void {
    // The header of a loop is checked with its body.
    if (node.kind === "fn" || node.kind === "for" || this.cx.done.has(node)) return;
    checkStatement(this.cx, node);
    this.cx.done.add(node);
  }

  private generalise(states: readonly FnState[], level: number, uses: number): void {
    const { cx } = this;
    const types = states.map((state) => {
      const { symbol } = state;
      cx.open.delete(symbol);
      return fnOf(
        symbol.params.map((p) => p.type),
        symbol.result,
      );
    });
    const params = generalise(types, level);
    for (const [i, { symbol }] of states.entries()) {
      const result = prune(symbol.result);
      // A type that stands for itself alone is none; beside parameters it comes from them.
      if (result.kind === "param" && !symbol.scheme && !mentions(types[i]!.params, result)) cx.hopeless(symbol);
    }
    states.forEach(({ symbol }, i) => {
      symbol.scheme ??= { params, type: types[i]! };
    });
    if (params.length === 0) return;
    for (const { at, fn } of cx.groupUses.splice(uses)) {
      if (states.some((state) => state.symbol === fn)) at.typeArgs = params;
      else cx.groupUses.push({ at, fn });
    }
  }
}
