/**
 * What the second pass carries along: the unifier, the function that is being checked, and lists of everything whose
 * type has to be made final when inference is over. Also the places where a type is asked for: `coerce`, `mismatch`.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { ERROR, PENDING, type Type } from "../analysis/types.js";
import type { Diagnostic, Label, Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type {
  ArrayLit,
  CallExpr,
  Conversion,
  Expr,
  ExprStmt,
  MemberExpr,
  NameExpr,
  ParenExpr,
  ReturnStmt,
  Stmt,
} from "../syntax/ast.js";
import { bare } from "./bare.js";
import type { Resolution } from "./names.js";
import { final } from "./schemes.js";
import type { EnumSymbol } from "./symbols.js";
import type { TypeNodes } from "./type-nodes.js";
import { ANY, article, type FnOf, isClosed, isNumber, isPrim, prune, show, TooDeep } from "./types.js";
import { Unifier } from "./unify.js";

/** The label of a value whose type is a part of the type that it should have, or the other way round. */
export const ENDLESS = "the type of this value would contain itself";

/** A value that a function gives back, by `return` or as its implicit result. */
export interface Returned {
  readonly expr: Expr;
  readonly type: Type;
  readonly implicit: ExprStmt | null;
}

/** What is known and collected while a function body is checked. */
export interface FnState {
  readonly symbol: FnSymbol;
  readonly result: Type;
  /** The result is written, or its context says that it is void. */
  readonly declared: Span | "context" | null;
  /** What the context of a function expression asks for as its result; a hint only. */
  readonly wanted: Type | null;
  /** Expression statements that control leaves the body through. */
  readonly last: ReadonlySet<ExprStmt>;
  readonly returned: Returned[];
  /** `return` without a value. */
  readonly bare: ReturnStmt[];
  /** Calls whose value is used though the result may turn out to be void. */
  readonly valueUses: Expr[];
  /** Whether it gives values is settled. */
  decided: boolean;
  /** It gives nothing back, although its result may have got a type from mistaken uses. */
  isVoid?: boolean;
  readonly around: FnState | null;
}

export class Cx {
  readonly unifier: Unifier;
  fn: FnState | null = null;
  types!: TypeNodes;
  /** Statements of module level that were checked ahead of their turn. */
  readonly done = new Set<Stmt>();
  /** Functions whose group is being inferred. */
  readonly open = new Map<FnSymbol, FnState>();
  /** Implicit results. */
  readonly implicit = new Set<ExprStmt>();
  /** Each `_` that stands for any payload entry on the right of `matches`. */
  readonly wildcards = new Set<Expr>();
  private readonly typed: Expr[] = [];
  private readonly parens: ParenExpr[] = [];
  private readonly variables: VarSymbol[] = [];
  private readonly used: (NameExpr | MemberExpr)[] = [];
  private readonly converted: Conversion[] = [];
  /** Arrays without elements that are bound to a name. */
  private readonly empty: ArrayLit[] = [];
  private readonly later: (() => void)[] = [];
  /** The whole module has been seen. */
  private ending = false;

  constructor(
    readonly res: Resolution,
    readonly sink: Sink,
    readonly result: EnumSymbol,
    /** Has a function inferred before it is used. */
    readonly ensure: (fn: FnSymbol) => void,
    /** The walk over statements comes by the declaration of a function. */
    readonly passing: (fn: FnSymbol) => void,
    /** The walk begins a statement of module level. */
    readonly entering: (s: Stmt) => void,
  ) {
    this.unifier = new Unifier(sink);
  }

  report(d: Diagnostic): void {
    this.sink.report(d);
  }

  /** Notes the type of an expression. */
  set(e: Expr, type: Type): Type {
    e.type = type;
    if (!isClosed(type)) this.typed.push(e);
    return type;
  }

  /** Parentheses that were looked through have the type of what is in them, in the end. */
  inside(e: Expr): void {
    if (e.kind === "paren") this.parens.push(e);
  }

  /** The type of a variable; one that is mentioned before its declaration was checked gets a fresh one. */
  typeOf(v: VarSymbol): Type {
    if (v.type !== PENDING) return v.type;
    const type = this.unifier.fresh();
    type.level = v.owner ? this.levelOf(v.owner) : 0;
    this.give(v, type);
    return type;
  }

  /** Declares the type of a variable. */
  give(v: VarSymbol, type: Type): void {
    v.type = type;
    if (!isClosed(type)) this.variables.push(v);
  }

  /** The level at which variables of the function's body are made. */
  readonly levels = new Map<FnSymbol, number>();
  private levelOf(fn: FnSymbol): number {
    return this.levels.get(fn) ?? this.unifier.level;
  }

  /** Notes what the type parameters of a function stand for at a use. */
  use(at: NameExpr | MemberExpr, args: readonly Type[]): void {
    if (args.length === 0) return;
    at.typeArgs = args;
    this.used.push(at);
  }

  /** Uses of functions whose group is being inferred: they get the type parameters of the group. */
  readonly groupUses: { readonly at: NameExpr | MemberExpr; readonly fn: FnSymbol }[] = [];
  inGroup(at: NameExpr | MemberExpr, fn: FnSymbol): void {
    this.groupUses.push({ at, fn });
  }

  emptyArray(e: ArrayLit): void {
    this.empty.push(e);
  }

  /**
   * Looks at something when the types are as known as they will be: at the end of the group, or of a group around it, if
   * a type is open that belongs to that one.
   */
  whenOver(types: readonly Type[], check: () => void): void {
    this.later.push(() => {
      const outside = types.some((type) => {
        const t = prune(type);
        return t.kind === "var" && t.level <= this.unifier.level;
      });
      if (outside && !this.ending) this.whenOver(types, check);
      else check();
    });
  }
  get postponed(): number {
    return this.later.length;
  }
  runPostponed(from: number): void {
    for (const check of this.later.splice(from)) check();
  }

  /** Marks that the value of `e` is converted to `to` where it stands. */
  convert(e: Expr, how: Conversion["how"], to: Type): void {
    e.convert = { how, to };
    if (!isClosed(to)) this.converted.push(e.convert);
  }

  /** Inference is over: variables are replaced by what they stand for; what nothing decided is `any`. */
  finish(): void {
    this.ending = true;
    this.runPostponed(0);
    this.unifier.settleFrom(0);
    for (const e of this.empty) {
      const type = prune(e.type!);
      if (type.kind === "array" && prune(type.element).kind === "var")
        this.report({
          code: "E2006",
          span: e.span,
          label: "nothing says what this array holds",
          help: ["write its type: `name: [i32] = []`"],
        });
    }
    const known = new Map<Type, Type>();
    const done = (type: Type): Type => {
      try {
        return final(type, ANY, known);
      } catch (error) {
        // Where the type was made it was reported.
        if (error instanceof TooDeep) return ERROR;
        throw error;
      }
    };
    for (const fn of this.res.functions) if (fn.name !== "" && prune(fn.result).kind === "var") this.hopeless(fn);
    for (const e of this.typed) e.type = done(e.type!);
    for (const e of this.parens) {
      const { type } = bare(e);
      for (let p: Expr = e; type && p.kind === "paren"; p = p.inner) p.type = type;
    }
    for (const v of this.variables) v.type = done(v.type);
    for (const at of this.used) at.typeArgs = at.typeArgs!.map(done);
    for (const c of this.converted) c.to = done(c.to);
    for (const fn of this.res.functions) {
      fn.result = done(fn.result);
      if (fn.scheme && !fn.scheme.type.closed)
        fn.scheme = { params: fn.scheme.params, type: done(fn.scheme.type) as FnOf };
    }
    for (const { fields } of this.res.structs) for (const field of fields) field.type = done(field.type);
    for (const { variants } of this.res.enums)
      for (const v of variants) v.payload = v.payload.map((entry) => ({ ...entry, type: done(entry.type) }));
  }

  /** A result that depends on nothing but itself. */
  hopeless(fn: FnSymbol): void {
    this.report({
      code: "E2006",
      span: fn.decl,
      label: `nothing says what \`${fn.name}\` returns`,
      notes: ["Every value that it returns depends on its own result."],
      help: ["declare the result: `-> i32`"],
    });
  }

  /** What an expression stands for, if it is or may be void: reports that it has no value. */
  needValue(e: Expr, type: Type): Type {
    const t = prune(type);
    const inner = bare(e);
    if (t.kind === "void") {
      this.noValue(inner, e.span);
      return ERROR;
    }
    if (t.kind === "var" && !t.valued) {
      t.valued = true;
      const fn = inner.kind === "call" ? calledFunction(inner) : undefined;
      const state = fn ? this.open.get(fn) : undefined;
      if (state && !state.decided) state.valueUses.push(e);
    }
    return t;
  }

  noValue(inner: Expr, span: Span): void {
    const fn = inner.kind === "call" ? calledFunction(inner) : undefined;
    this.report({
      code: "E2019",
      span,
      label: fn?.name ? `\`${fn.name}\` returns nothing` : "this has no value",
      ...(fn?.name ? { labels: [{ span: fn.decl, text: "declared without a result" }] } : {}),
    });
  }

  /**
   * Makes the value of `e` one of the type that its place asks for: equal types, or a conversion to or from `any`.
   * Reports if it does not fit; `why` points at what asks.
   */
  coerce(e: Expr, found: Type, wanted: Type, why: Label | null, code: "E2001" | "E2002" = "E2001"): boolean {
    if (this.converts(e, found, wanted) || this.unifier.unify(found, wanted)) return true;
    this.mismatch(e, found, wanted, why, code);
    return false;
  }

  /** Conversions between `any` and other types, types 6. */
  private converts(e: Expr, found: Type, wanted: Type): boolean {
    const f = prune(found);
    const w = prune(wanted);
    if (f.kind === "error" || w.kind === "error") return true;
    if (w.kind === "any") {
      if (f.kind !== "any") this.convert(e, "wrap", ANY);
      return true;
    }
    if (f.kind === "any") {
      if (w.kind === "var" && w.literals === null) return false;
      this.convert(e, "unwrap", this.unifier.settle(w));
      return true;
    }
    if (w.kind === "array" && f.kind === "array" && prune(w.element).kind === "any") {
      const element = prune(f.element);
      if (element.kind === "any" || (element.kind === "var" && !element.literals)) return false;
      this.convert(e, "view", w);
      return true;
    }
    return false;
  }

  mismatch(e: Expr, found: Type, wanted: Type, why: Label | null, code: "E2001" | "E2002" = "E2001"): void {
    const actual = this.unifier.settle(found);
    const w = this.unifier.settle(wanted);
    const labels = why ? [why] : [];
    const inner = bare(e);
    if (inner.kind === "name" && inner.symbol?.kind === "var")
      labels.push({ span: inner.symbol.decl, text: `\`${inner.name}\` is ${article(actual)}` });
    const cast = isNumber(w) && (isNumber(actual) || isPrim(actual, "bool"));
    const help = isPrim(w, "bool") ? boolHelp(actual) : cast ? `convert it: \`... as ${show(w)}\`` : null;
    this.report({
      code,
      span: e.span,
      label: this.unifier.endless(actual, w) ? ENDLESS : `this is ${article(actual)}, expected \`${show(w)}\``,
      labels,
      ...(help === null ? {} : { help: [help] }),
      ...(cast ? { notes: ["Orus never converts between types on its own."] } : {}),
    });
    // What is open stays without a type: that is no second mistake.
    for (const open of [actual, w]) if (open.kind === "var") this.unifier.unify(open, ERROR);
  }
}

/** The function that a call by name, a method call or a call through a type or module means, if it is known. */
export function calledFunction(e: CallExpr): FnSymbol | undefined {
  if (e.fn) return e.fn;
  const callee = bare(e.callee);
  if (callee.kind !== "member" || !callee.resolved) return undefined;
  const { resolved } = callee;
  if (resolved.kind === "method" || resolved.kind === "static") return resolved.fn;
  return resolved.kind === "export" && resolved.symbol.kind === "fn" ? resolved.symbol : undefined;
}

/** The help for a value that should be a `bool`. */
export function boolHelp(type: Type): string | null {
  if (isNumber(type)) return "compare it: `... != 0`";
  if (isPrim(type, "string")) return 'compare it: `... != ""`';
  return prune(type).kind === "array" ? "compare its length: `len(...) > 0`" : null;
}
