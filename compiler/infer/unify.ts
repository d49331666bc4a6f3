/**
 * Making types equal. Union-find on variables; binding a variable checks the literals and the operators that it
 * carries, lowers the levels of what is inside the new value, and wakes what has waited for the type.
 *
 * Nothing is bound unless it fits: a failed `unify` may leave parts of two composite types bound, but reports nothing
 * itself, so that the caller can say what asked for the type.
 */
import type { Type } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import { checkRanges, defaultType, joinLiterals, literalOf } from "./literals.js";
import { lacking, supports } from "./needs.js";
import { into, isClosed, isNumber, isPrim, type Need, prune, type TypeVar, TypeVar as Var } from "./types.js";

export class Unifier {
  /** The depth of function groups: variables made now belong to it. */
  level = 0;
  /** Literals of the statements that are being checked; the innermost statement settles those after its mark. */
  private readonly open: TypeVar[] = [];

  constructor(readonly sink: Sink) {}

  fresh(valued = true): TypeVar {
    return new Var(this.level, valued);
  }

  literal(value: bigint, span: Span): TypeVar {
    const v = this.fresh();
    v.literals = literalOf(value, span);
    this.open.push(v);
    return v;
  }

  /** Where the literals of a statement begin. */
  mark(): number {
    return this.open.length;
  }

  /** Gives the literals since the mark their own types, unless something gave them one. */
  settleFrom(mark: number): void {
    for (let i = mark; i < this.open.length; i++) this.settle(this.open[i]!);
    this.open.length = Math.min(mark, this.open.length);
  }

  /** The type itself; literals get theirs. */
  settle(type: Type): Type {
    const t = prune(type);
    if (t.kind !== "var" || t.literals === null) return t;
    const own = defaultType(t.literals);
    this.bind(t, own);
    return own;
  }

  /** Makes two types the same; false if they are not. An error type fits everything. */
  unify(a: Type, b: Type, depth = 0): boolean {
    const x = prune(a);
    const y = prune(b);
    if (x === y) return true;
    if (x.kind === "var") return y.kind === "var" ? this.merge(x, y) : this.bind(x, y);
    if (y.kind === "var") return this.bind(y, x);
    if (x.kind === "error" || y.kind === "error") return true;
    if (x.kind !== y.kind || (isClosed(x) && isClosed(y) && !loose(x.kind))) return false;
    const inside = into(depth);
    switch (x.kind) {
      case "array":
        return y.kind === "array" && this.unify(x.element, y.element, inside);
      case "fn":
        return (
          y.kind === "fn" &&
          x.params.length === y.params.length &&
          x.params.every((p, i) => this.unify(p, y.params[i]!, inside)) &&
          this.unify(x.result, y.result, inside)
        );
      case "enum":
        return y.kind === "enum" && x.decl === y.decl && x.args.every((arg, i) => this.unify(arg, y.args[i]!, inside));
      case "param":
        return false;
      default:
        return loose(x.kind);
    }
  }

  /** Whether two types could be the same, with nothing changed. */
  same(a: Type, b: Type, depth = 0): boolean {
    const x = prune(a);
    const y = prune(b);
    if (x === y || x.kind === "var" || y.kind === "var" || x.kind === "error" || y.kind === "error") return true;
    if (x.kind !== y.kind) return false;
    if (x.kind === "fn") return true;
    if (isClosed(x) && isClosed(y)) return loose(x.kind);
    const inside = into(depth);
    if (x.kind === "array" && y.kind === "array") return this.same(x.element, y.element, inside);
    if (x.kind === "enum" && y.kind === "enum")
      return x.decl === y.decl && x.args.every((arg, i) => this.same(arg, y.args[i]!, inside));
    return false;
  }

  /** Whether two types cannot be the same because one of them would contain itself. */
  endless(a: Type, b: Type, depth = 0): boolean {
    const x = prune(a);
    const y = prune(b);
    if (x === y) return false;
    if (x.kind === "var") return y.kind !== "var" && this.occurs(x, y, false);
    if (y.kind === "var") return this.occurs(y, x, false);
    if (isClosed(x) || isClosed(y)) return false;
    const inside = into(depth);
    if (x.kind === "array" && y.kind === "array") return this.endless(x.element, y.element, inside);
    if (x.kind === "fn" && y.kind === "fn" && x.params.length === y.params.length)
      return x.params.some((p, i) => this.endless(p, y.params[i]!, inside)) || this.endless(x.result, y.result, inside);
    if (x.kind === "enum" && y.kind === "enum" && x.decl === y.decl)
      return x.args.some((arg, i) => this.endless(arg, y.args[i]!, inside));
    return false;
  }

  /** Adds what an operator asks of a type: checked at once if it is known. False if it is lacking, reported. */
  need(type: Type, need: Need): boolean {
    const t = prune(type);
    if (t.kind === "var") {
      if (t.literals && !this.literalSupports(t, need)) {
        this.sink.report(lacking(this.settle(t), need));
        return false;
      }
      t.valued = true;
      t.needs ??= [];
      // Asking for the same again says nothing new, so the list stays short.
      if (!t.needs.some((known) => known.what === need.what && known.to === need.to)) t.needs.push(need);
      return true;
    }
    if (supports(t, need)) return true;
    this.sink.report(lacking(t, need));
    return false;
  }

  private literalSupports(v: TypeVar, need: Need): boolean {
    return need.what === "negate" || supports(defaultType(v.literals!), need);
  }

  /** Runs `then` when the type is known: at once, if it is. */
  whenKnown(type: Type, then: () => void): void {
    const t = prune(type);
    if (t.kind !== "var") {
      then();
      return;
    }
    t.waiting ??= [];
    t.waiting.push(then);
  }

  /** Makes sure that the type is that of a value: false if it is void. */
  value(type: Type): boolean {
    const t = prune(type);
    if (t.kind === "var") t.valued = true;
    return t.kind !== "void";
  }

  private merge(x: TypeVar, y: TypeVar): boolean {
    // The one with literals stays: its list is in the table of open literals.
    const [to, from] = x.literals || !y.literals ? [x, y] : [y, x];
    if (from.literals) to.literals = joinLiterals(to.literals!, from.literals);
    to.level = Math.min(to.level, from.level);
    to.follows ??= from.follows;
    to.valued ||= from.valued || to.literals !== null;
    from.to = to;
    if (from.needs) for (const need of from.needs) this.need(to, need);
    from.needs = null;
    if (from.waiting) (to.waiting ??= []).push(...from.waiting);
    from.waiting = null;
    return true;
  }

  private bind(v: TypeVar, type: Type): boolean {
    if (type.kind === "void" && v.valued) return false;
    const { literals } = v;
    if (literals) {
      if (type.kind !== "error") {
        if (!isNumber(type) || (literals.whole && isPrim(type, "f64"))) return false;
        checkRanges(literals, type, this.sink);
      }
    } else if (!isClosed(type) && this.occurs(v, type)) return false;
    v.to = type;
    v.literals = null;
    const { needs, waiting } = v;
    v.needs = v.waiting = null;
    if (needs) for (const need of needs) if (!this.need(type, need)) break;
    if (waiting) for (const then of waiting) then();
    return true;
  }

  /** Whether the variable is inside of the type; if asked to, lowers the levels of the others to its own. */
  private occurs(v: TypeVar, type: Type, lower = true): boolean {
    const seen = new Set<Type>();
    const walk = (part: Type, depth: number): boolean => {
      const t = prune(part);
      if (t.kind === "var") {
        if (t === v) return true;
        if (lower && t.level > v.level) t.level = v.level;
        return false;
      }
      if (isClosed(t) || seen.has(t)) return false;
      const inside = into(depth);
      seen.add(t);
      if (t.kind === "array") return walk(t.element, inside);
      if (t.kind === "fn") return t.params.some((p) => walk(p, inside)) || walk(t.result, inside);
      return t.kind === "enum" && t.args.some((arg) => walk(arg, inside));
    };
    return walk(type, 0);
  }
}

/** Kinds of which all types are the same, whatever object stands for them. */
const loose = (kind: Type["kind"]): boolean =>
  kind === "any" || kind === "void" || kind === "range" || kind === "caught";
