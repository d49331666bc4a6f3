/**
 * Functions: checking a body, inferring results that are not declared, and the order of it all.
 *
 * Without inferred results the order is simple: module-level code, then each body. With them, units are checked after
 * what they need (units.ts). A group that needs itself (recursion) is first looked at without reporting: calls whose
 * result is not known yet have the type PENDING, which decides nothing, so that
 *
 *     fn fact(n: i64):
 *         if n <= 1: return 1
 *         return n * fact(n - 1)          // i64, from n; the literal 1 then is one, too
 *
 * finds its result from the paths that do not recurse. That is repeated until nothing new is found; then the group is
 * checked like any other. A result that only depends on itself cannot be found and is reported (E2006).
 */
import { Sink } from "../diagnostics/diagnostic.js";
import type { ExprStmt, Stmt } from "../syntax/ast.js";
import { settled } from "./check-expr.js";
import { bind, type Cx, checkBlock, type FnState, forHeader, missingValue, type Returned } from "./check-stmt.js";
import { LITERAL, settleTogether } from "./literals.js";
import { aType } from "./operators.js";
import { fallsThrough, lastExpressions } from "./paths.js";
import type { Resolution, Unit } from "./resolve.js";
import type { FnSymbol } from "./symbols.js";
import { ERROR, isNumeric, PENDING, sameType, type Type, VOID } from "./types.js";
import { type Component, components, isOpen } from "./units.js";

/** Checks everything in a resolved module. Gives the statements that are implicit results. */
export function checkModule(res: Resolution, sink: Sink): Set<ExprStmt> {
  return new ModuleCheck(res, sink).run();
}

class ModuleCheck {
  private readonly implicit = new Set<ExprStmt>();
  private readonly done = new Set<Stmt>();

  constructor(
    private readonly res: Resolution,
    private readonly sink: Sink,
  ) {}

  run(): Set<ExprStmt> {
    if (this.res.functions.some((fn) => fn.result === PENDING)) {
      for (const group of components(this.res)) this.component(group);
    }
    checkBlock({ sink: this.sink, fn: null, done: this.done }, this.res.module.body);
    for (const fn of this.res.functions) if (!this.done.has(fn.node)) this.body(fn);
    return this.implicit;
  }

  private component(group: Component): void {
    if (group.recursive) this.solve(group.units);
    for (const { node } of group.units) {
      this.done.add(node);
      if (node.kind === "bind") bind(this.sink, node);
      else if (node.kind === "for") forHeader(this.sink, node);
      else this.body(node.symbol!);
    }
  }

  /** Checks a body for good. A result that is still open is inferred from it. */
  private body(fn: FnSymbol): void {
    const state = walk(fn, this.sink);
    if (!fn.node.result) this.conclude(state, fn.result);
    if (fn.result.kind === "void") return;
    for (const r of state.returned) if (r.implicit) this.implicit.add(r.implicit);
    if (fn.result.kind !== "prim") return;
    const end = fallsThrough(fn.node.body, { gives: (s) => this.implicit.has(s), broken: this.res.broken });
    if (!end) return;
    this.sink.report({
      code: "E1414",
      span: fn.decl,
      label: `\`${fn.name}\` has to return ${aType(fn.result)} on every path`,
      labels: [
        { span: end, text: "a path ends after this without a value" },
        ...(fn.node.result ? [{ span: fn.node.result.span, text: "the declared result" }] : []),
      ],
      help: ["add a `return` there"],
    });
  }

  /** Brings the values that a function without a declared result gives back to one type. */
  private conclude(state: FnState, known: Type): void {
    const { sink } = this;
    const type = known === PENDING ? (this.found(state) ?? this.fromLiterals(state)) : known;
    state.symbol.result = type;
    if (type === VOID) {
      for (const r of state.returned) settled(sink, r.expr, r.type, ERROR);
      return;
    }
    const first = state.returned.find((r) => (r.type === LITERAL ? isNumeric(type) : sameType(r.type, type)));
    for (const r of state.returned) differs(sink, r, type, first);
    if (type.kind === "prim") for (const s of state.bare) missingValue(sink, s, state.symbol, type);
  }

  /** The result that is already certain; null if it has to wait for literals or for other functions. */
  private found(state: FnState): Type | null {
    if (!this.valued(state)) return VOID;
    // Literals take the type of another path if it is a number; a first literal beside anything else is right.
    let literal = false;
    for (const r of state.returned) {
      if (r.type === LITERAL) literal = true;
      else if (r.type.kind === "prim") return literal && !isNumeric(r.type) ? this.fromLiterals(state) : r.type;
    }
    return null;
  }

  /**
   * Whether the function gives values back at all: by a `return` with one, or by implicit results at every end. A last
   * statement like `g(n)` in one arm alone is just a statement.
   */
  private valued(state: FnState): boolean {
    if (state.returned.some((r) => r.implicit === null)) return true;
    if (state.returned.length === 0 || state.bare.length > 0) return false;
    const given = new Set(state.returned.map((r) => r.implicit));
    return fallsThrough(state.symbol.node.body, { gives: (s) => given.has(s), broken: this.res.broken }) === null;
  }

  private fromLiterals(state: FnState): Type {
    const literals = state.returned.filter((r) => r.type === LITERAL);
    return literals.length > 0
      ? settleTogether(
          literals.map((r) => r.expr),
          new Sink(),
        )
      : ERROR;
  }

  /** Finds the open types of a group whose members need each other. */
  private solve(units: readonly Unit[]): void {
    let waiting: FnState[] = [];
    for (let going = true; going; ) {
      going = false;
      waiting = [];
      for (const unit of units) {
        if (!isOpen(unit)) continue;
        const state = attempt(unit);
        const type = state && this.found(state);
        if (state && type) state.symbol.result = type;
        else if (state) waiting.push(state);
        if (!isOpen(unit)) going = true;
      }
      if (going) continue;
      // Nothing is certain: the first result made of literals gets its default, else what gives no value is void.
      const literal = waiting.find((state) => state.returned.some((r) => r.type === LITERAL));
      const silent = waiting.find((state) => state.returned.every((r) => r.implicit !== null));
      if (literal) literal.symbol.result = this.fromLiterals(literal);
      else if (silent) silent.symbol.result = VOID;
      going = literal !== undefined || silent !== undefined;
    }
    for (const unit of units) for (const v of unit.defines) if (v.type === PENDING) v.type = ERROR;
    for (const state of waiting) this.hopeless(state);
  }

  private hopeless(state: FnState): void {
    const fn = state.symbol;
    fn.result = ERROR;
    // A mistake in a returned value is reported there.
    if (state.returned.some((r) => r.type === ERROR)) return;
    this.sink.report({
      code: "E2006",
      span: fn.decl,
      label: `nothing says what \`${fn.name}\` returns`,
      notes: ["Every value that it returns depends on its own result."],
      help: ["declare the result: `-> i32`"],
    });
  }
}

/** Walks a body and collects what it gives back. */
function walk(fn: FnSymbol, sink: Sink): FnState {
  const { node } = fn;
  const declared = node.result ? fn.result : null;
  const last = declared === VOID ? [] : lastExpressions(node.body);
  const state: FnState = { symbol: fn, declared, last: new Set(last), returned: [], bare: [] };
  const cx: Cx = { sink, fn: state, done: new Set() };
  checkBlock(cx, node.body);
  return state;
}

/** Looks at a unit of a recursive group with nothing reported; types that it leaves are overwritten by the real check. */
function attempt(unit: Unit): FnState | null {
  const { node } = unit;
  const mute = new Sink();
  if (node.kind === "fn") return walk(node.symbol!, mute);
  if (node.kind === "bind") bind(mute, node);
  else forHeader(mute, node);
  // An error here may come from a result that is not known yet.
  for (const v of unit.defines) if (v.type.kind === "error") v.type = PENDING;
  return null;
}

/** Settles one returned value as `type`, or reports that it differs from the first one. */
function differs(sink: Sink, r: Returned, type: Type, first: Returned | undefined): void {
  const actual = settled(sink, r.expr, r.type, type);
  if (actual.kind !== "prim" || type.kind !== "prim" || sameType(actual, type)) return;
  sink.report({
    code: "E2002",
    span: r.expr.span,
    label: `this is ${aType(actual)}, another path returns ${aType(type)}`,
    ...(first ? { labels: [{ span: first.expr.span, text: `this is ${aType(type)}` }] } : {}),
  });
}
