/**
 * Bodies of functions and function expressions: their parameters, what they give back, and whether every path does
 * (types 3.3).
 *
 * Without a declared result the values that a body gives decide. A last expression counts only if every path ends in a
 * value; and a call of a function whose own result is being looked for counts only if that one turns out to give values.
 * So a group of functions is decided together: first those that cannot give values are void, then those that do, and
 * what gives back nothing but the results of others in the same position is void.
 */
import type { FnSymbol } from "../analysis/symbols.js";
import { ERROR, PENDING, type Type, VOID } from "../analysis/types.js";
import type { Label } from "../diagnostics/diagnostic.js";
import type { ExprStmt, FnExpr, ReturnStmt } from "../syntax/ast.js";
import { bare } from "./bare.js";
import { type Cx, calledFunction, type FnState, type Returned } from "./cx.js";
import { joinTypes } from "./expr.js";
import { fallsThrough, lastExpressions } from "./paths.js";
import { checkBlock } from "./stmt.js";
import { article, fnOf, prune, show, structOf } from "./types.js";

/** Gives the parameters their types and makes what the check of the body fills. */
export function begin(cx: Cx, fn: FnSymbol, hint: Type | null = null): FnState {
  const { node } = fn;
  const asked = hint !== null ? prune(hint) : null;
  const from = asked?.kind === "fn" && asked.params.length === fn.params.length ? asked : null;
  cx.levels.set(fn, cx.unifier.level);
  fn.params.forEach((p, i) => {
    if (p.type !== PENDING) return;
    const { annotation } = node.params[i]!;
    if (annotation) {
      cx.give(p, cx.types.of(annotation));
      cx.types.length(annotation);
    } else if (i === 0 && fn.method && fn.of) cx.give(p, structOf(fn.of));
    else cx.give(p, from ? prune(from.params[i]!) : cx.unifier.fresh());
  });
  const context = from && !node.result ? prune(from.result) : null;
  const silent = context?.kind === "void" || context?.kind === "any";
  const result = node.result ? cx.types.result(node.result) : silent ? context : cx.unifier.fresh(false);
  const state: FnState = {
    symbol: fn,
    result,
    declared: node.result ? node.result.span : silent ? "context" : null,
    wanted: context,
    returned: [],
    bare: [],
    valueUses: [],
    last: new Set(prune(result).kind === "void" ? [] : lastExpressions(node.body)),
    decided: node.result !== null || silent,
    around: cx.fn,
  };
  if (!fn.scheme) cx.open.set(fn, state);
  return state;
}

/** Checks the statements of a body. */
export function walkBody(cx: Cx, state: FnState): void {
  const { fn } = cx;
  cx.fn = state;
  checkBlock(cx, state.symbol.node.body);
  cx.fn = fn;
}

/** `fn(x): ...` as a value: its types belong to the function around it. */
export function functionExpression(cx: Cx, e: FnExpr, hint: Type | null): Type {
  const symbol = e.symbol!;
  const state = begin(cx, symbol, hint);
  walkBody(cx, state);
  decide(cx, [state]);
  return end(cx, state);
}

/** The body is over: its type, for those that name it. */
export function end(cx: Cx, state: FnState): Type {
  const { symbol } = state;
  cx.open.delete(symbol);
  const type = fnOf(
    symbol.params.map((p) => p.type),
    symbol.result,
  );
  symbol.scheme ??= { params: [], type };
  return type;
}

/** Settles what functions that need each other give back, and checks that every path does. */
export function decide(cx: Cx, group: readonly FnState[]): void {
  const left = new Set(group.filter((state) => !state.decided));
  /** Whose outlook depends on a function. */
  const dependents = new Map<FnState, Set<FnState>>();
  const perhaps = new Set<FnState>();
  const queue = [...left];
  const settle = (state: FnState, valued: boolean): void => {
    if (!left.delete(state)) return;
    perhaps.delete(state);
    state.decided = true;
    if (valued) gives(cx, state);
    else isVoid(cx, state);
    for (const d of dependents.get(state) ?? []) queue.push(d);
  };
  while (left.size > 0) {
    for (let state = queue.pop(); state; state = queue.pop()) {
      if (!left.has(state)) continue;
      const { found, waiting } = outlook(cx, state);
      if (found === "value" || found === "void") settle(state, found === "value");
      else if (found === "perhaps") perhaps.add(state);
      for (const other of waiting) {
        const known = dependents.get(other);
        if (known) known.add(state);
        else dependents.set(other, new Set([state]));
      }
    }
    // Nothing more is certain. What cannot come to a value by any of its last calls has none; the others do.
    const hopeful = new Set(perhaps);
    for (const state of hopeful)
      for (const other of dependents.get(state) ?? []) if (left.has(other)) hopeful.add(other);
    const hopeless = [...left].filter((state) => !hopeful.has(state));
    for (const state of hopeless) settle(state, false);
    if (hopeless.length === 0) for (const state of [...perhaps]) settle(state, true);
  }
  for (const state of group) {
    state.symbol.result = state.isVoid ? VOID : prune(state.result);
    if (!state.isVoid && prune(state.result).kind !== "void") everyPath(cx, state);
  }
}

interface Outlook {
  /** `perhaps`: some paths give a value, on others it depends on functions of the group; `unknown`: on all. */
  readonly found: "value" | "void" | "perhaps" | "unknown";
  /** The functions that it depends on. */
  readonly waiting: readonly FnState[];
}

/** Whether a body gives values. */
function outlook(cx: Cx, state: FnState): Outlook {
  const certain = (found: "value" | "void"): Outlook => ({ found, waiting: [] });
  if (state.returned.some((r) => r.implicit === null)) return certain("value");
  const last = state.returned.filter((r) => prune(r.type).kind !== "void");
  if (last.length === 0 || state.bare.length > 0) return certain("void");
  const given = new Set(last.map((r) => r.implicit));
  if (fallsThrough(state.symbol.node.body, { gives: (s) => given.has(s), broken: cx.res.broken }))
    return certain("void");
  const waiting = last.flatMap((r) => undecided(cx, r) ?? []);
  if (waiting.length === 0) return certain("value");
  return { found: waiting.length < last.length ? "perhaps" : "unknown", waiting };
}

/** The function of the group, not decided yet, whose call is the last expression. */
function undecided(cx: Cx, r: Returned): FnState | null {
  const e = bare(r.expr);
  const type = prune(r.type);
  if (e.kind !== "call" || type.kind !== "var" || type.valued) return null;
  const fn = calledFunction(e);
  const state = fn ? cx.open.get(fn) : undefined;
  return state && !state.decided ? state : null;
}

function gives(cx: Cx, state: FnState): void {
  let first: Returned | null = null;
  let type: Type = state.result;
  for (const r of state.returned) {
    if (prune(r.type).kind === "void") continue;
    if (r.implicit === null) {
      first ??= r;
      continue;
    }
    if (first) type = joinTypes(cx, first.expr, state.result, r.expr, r.type, "another path gives back what");
    else if (!cx.unifier.unify(state.result, r.type)) cx.mismatch(r.expr, r.type, state.result, null);
    first ??= r;
    if (prune(type).kind === "error") break;
  }
  const result = prune(state.result);
  if (result.kind !== "void") for (const s of state.bare) missingValue(cx, s, state, result);
}

function isVoid(cx: Cx, state: FnState): void {
  if (!cx.unifier.unify(state.result, VOID)) {
    for (const e of state.valueUses) cx.noValue(bare(e), e.span);
    cx.unifier.unify(state.result, ERROR);
  }
  state.isVoid = true;
}

/** Reports the path that ends without the value it needs. */
function everyPath(cx: Cx, state: FnState): void {
  const { symbol } = state;
  const given = new Set<ExprStmt>();
  for (const r of state.returned)
    if (r.implicit && prune(r.type).kind !== "void") {
      given.add(r.implicit);
      cx.implicit.add(r.implicit);
    }
  const through = fallsThrough(symbol.node.body, { gives: (s) => given.has(s), broken: cx.res.broken });
  const result = prune(state.result);
  if (!through || result.kind === "error") return;
  const declared: Label[] =
    state.declared && state.declared !== "context" ? [{ span: state.declared, text: "the declared result" }] : [];
  cx.report({
    code: "E1414",
    span: symbol.decl,
    label: `${symbol.name ? `\`${symbol.name}\`` : "this function"} has to return ${article(result)} on every path`,
    labels: [{ span: through, text: "a path ends after this without a value" }, ...declared],
    help: ["add a `return` there"],
  });
}

/** A `return` without a value where one is needed. */
export function missingValue(cx: Cx, s: ReturnStmt, state: FnState, result: Type): void {
  const { symbol } = state;
  const name = symbol.name ? `\`${symbol.name}\`` : "this function";
  cx.report({
    code: "E2001",
    span: s.keyword,
    label: `\`return\` needs a value here: ${name} returns ${article(result)}`,
    labels: [{ span: symbol.node.result?.span ?? symbol.decl, text: `returns \`${show(result)}\`` }],
  });
}
