/**
 * `match` (types 12): patterns against the subject, what is left unhandled, and the common type of the arms where a value
 * is wanted. Exhaustiveness is over the variants of an enum, and over both values of a bool where a value is wanted.
 */
import { ERROR, type Type, VOID } from "../analysis/types.js";
import type { Span } from "../source/span.js";
import type { CallExpr, Expr, MatchArm, MatchExpr, MatchStmt, MemberExpr } from "../syntax/ast.js";
import { payloadType, staticBase } from "./access.js";
import { bare } from "./bare.js";
import type { Cx } from "./cx.js";
import { variantNamed } from "./data.js";
import { joinTypes, value } from "./expr.js";
import { literalValue } from "./literals.js";
import { comparison, knownWithoutArguments } from "./operators.js";
import { blockValue, checkBlock } from "./stmt.js";
import type { EnumSymbol } from "./symbols.js";
import { article, enumOf, isNumber, isPrim, prune } from "./types.js";

/** `match` as a statement. */
export function matchStatement(cx: Cx, s: MatchStmt): void {
  const cases = subject(cx, s);
  for (const arm of s.arms) {
    pattern(cx, arm, cases);
    checkBlock(cx, arm.body);
  }
  complete(cx, s, cases, false);
}

/** `match` as a value. */
export function matchExpression(cx: Cx, e: MatchExpr, hint: Type | null): Type {
  const cases = subject(cx, e);
  let type: Type | null = null;
  let first: Expr | null = null;
  let silent = 0;
  for (const arm of e.arms) {
    pattern(cx, arm, cases);
    const found = blockValue(cx, arm.body, hint ?? type);
    const last = lastExpr(arm);
    if (prune(found).kind === "void") {
      silent++;
      continue;
    }
    if (!last) continue;
    const t = cx.needValue(last, found);
    type = type && first ? joinTypes(cx, first, type, last, t, "an earlier arm") : t;
    first ??= last;
    if (type.kind === "error") type = first = null;
  }
  complete(cx, e, cases, true);
  if (silent > 0 && first) {
    for (const arm of e.arms) {
      const last = lastExpr(arm);
      if (last?.type && prune(last.type).kind === "void") cx.noValue(bare(last), last.span);
      else if (!last) cx.noValue(e, arm.body.statements.at(-1)?.span ?? arm.pattern.span);
    }
  }
  return type ?? (silent > 0 ? VOID : ERROR);
}

/** The expression that gives an arm's value. */
function lastExpr(arm: MatchArm): Expr | null {
  const last = arm.body.statements[arm.body.statements.length - 1];
  return last?.kind === "expr" ? last.expr : null;
}

/** What a match is over, and what its arms have handled. */
interface Cases {
  readonly e: MatchExpr | MatchStmt;
  type: Type;
  /** Handled variants and literals with their first pattern. */
  readonly seen: Map<string, Span>;
  /** The arm that takes everything. */
  rest: Span | null;
  /** Some pattern is in error, so nothing is said about what is missing. */
  failed: boolean;
}

function subject(cx: Cx, e: MatchExpr | MatchStmt): Cases {
  const mark = cx.unifier.mark();
  const type = cx.unifier.settle(value(cx, e.subject));
  cx.unifier.settleFrom(mark);
  return { e, type, seen: new Map(), rest: null, failed: false };
}

function pattern(cx: Cx, arm: MatchArm, cases: Cases): void {
  const p = bare(arm.pattern);
  cx.inside(arm.pattern);
  if (cases.rest) {
    cx.report({
      code: "E1415",
      span: p.span,
      label: "this arm can never run",
      labels: [{ span: cases.rest, text: "`_` takes everything" }],
      help: ["move the `_` arm to the end"],
    });
  }
  if (p.kind === "name" && p.name === "_" && !p.symbol) {
    cx.set(p, cases.type);
    cases.rest ??= p.span;
    return;
  }
  const callee = p.kind === "call" ? bare(p.callee) : p;
  const base = callee.kind === "member" ? staticBase(cx, callee.object) : null;
  if (callee.kind === "member" && base === "missing") {
    cases.failed = true;
    for (const v of arm.bindings ?? []) if (v) cx.give(v, ERROR);
    return;
  }
  if (callee.kind === "member" && base !== null && base !== "missing" && base.kind === "enum") {
    variant(cx, arm, callee, base, p.kind === "call" ? p : null, cases);
    return;
  }
  for (const v of arm.bindings ?? []) if (v) cx.give(v, ERROR);
  other(cx, arm, p, cases);
}

/** `E.V`, `E.V(a, _)`. */
function variant(
  cx: Cx,
  arm: MatchArm,
  callee: MemberExpr,
  decl: EnumSymbol,
  call: CallExpr | null,
  cases: Cases,
): void {
  const p = bare(arm.pattern);
  const args = decl.params.map(() => cx.unifier.fresh());
  const own = enumOf(decl, args);
  cx.set(callee, own);
  cx.set(p, own);
  const fits = cx.unifier.unify(cases.type, own);
  cases.type = prune(cases.type);
  const found = variantNamed(cx, callee.name, decl);
  if (!fits) {
    cases.failed = true;
    if (cases.type.kind === "any") cases.failed = !knownWithoutArguments(cx, p, decl);
    else if (cases.type.kind !== "error")
      cx.report({
        code: "E2001",
        span: p.span,
        label: `this pattern is of \`${decl.name}\`, the value is ${article(cases.type)}`,
        labels: [{ span: cases.e.subject.span, text: `this is ${article(cases.type)}` }],
      });
  }
  const bindings = arm.bindings ?? [];
  bindings.forEach((v, i) => {
    const entry = found?.payload[i];
    const type = entry ? payloadType(decl, args, entry.type) : ERROR;
    if (v) cx.give(v, type);
    const arg = call?.args[i];
    if (arg) cx.set(arg, type);
  });
  if (!found) {
    cases.failed = true;
    return;
  }
  callee.resolved = { kind: "variant", decl, variant: found };
  arm.variant = found;
  const count = call?.args.length ?? 0;
  // Without parentheses a variant without payload is meant; with a payload all its names are needed.
  if (count !== found.payload.length) {
    const carries = found.payload.length;
    cx.report({
      code: "E2017",
      span: p.span,
      label: `\`${decl.name}.${found.name}\` carries ${carries} value${carries === 1 ? "" : "s"}, the pattern names ${count}`,
      ...(decl.node ? { labels: [{ span: found.decl, text: "declared here" }] } : {}),
      help: [
        `write \`${decl.name}.${found.name}${carries > 0 ? `(${found.payload.map(() => "_").join(", ")})` : ""}\``,
      ],
    });
  }
  once(cx, p, `${decl.name}.${found.name}`, cases);
}

/** Any other expression: compared with the subject. */
function other(cx: Cx, arm: MatchArm, p: Expr, cases: Cases): void {
  const mark = cx.unifier.mark();
  const type = value(cx, arm.pattern);
  const s = prune(cases.type);
  const t = prune(type);
  if (t.kind === "error") cases.failed = true;
  const literal = t.kind === "var" && t.literals !== null;
  const known = (x: Type): boolean => x.kind !== "var" && x.kind !== "any" && x.kind !== "error";
  const numbers = (literal || isNumber(t)) && isNumber(s);
  if (known(s) && (known(t) || literal) && !numbers && !mayEqual(cx, s, cx.unifier.settle(t))) {
    const settled = cx.unifier.settle(t);
    cx.report({
      code: "E2001",
      span: p.span,
      label: `this pattern is ${article(settled)}, the value is ${article(s)}`,
      labels: [{ span: cases.e.subject.span, text: `this is ${article(s)}` }],
    });
    cases.failed = true;
  } else {
    const subjectOperand = { expr: null, span: cases.e.subject.span, type: s };
    comparison(cx, "==", p.span, subjectOperand, { expr: arm.pattern, span: p.span, type: t });
  }
  cx.unifier.settleFrom(mark);
  const key = literalKey(p);
  if (key !== null) once(cx, p, key, cases);
}

/** Whether a pattern of a known type fits a subject of a known type, as far as `==` goes. */
function mayEqual(cx: Cx, s: Type, t: Type): boolean {
  if (isNumber(s) && isNumber(t)) return true;
  if ((isNumber(s) || isPrim(s, "bool")) && (isNumber(t) || isPrim(t, "bool")))
    return isPrim(s, "bool") === isPrim(t, "bool");
  return cx.unifier.same(s, t);
}

/** What a literal is, for finding it again. */
function literalKey(p: Expr): string | null {
  const n = literalValue(p);
  if (n !== null) return `${n}`;
  const e = bare(p);
  if (e.kind === "string") return JSON.stringify(e.text);
  if (e.kind === "bool") return `${e.value}`;
  if (e.kind === "float") return `${e.value}`;
  return null;
}

function once(cx: Cx, p: Expr, key: string, cases: Cases): void {
  const known = cases.seen.get(key);
  if (!known) {
    cases.seen.set(key, p.span);
    return;
  }
  cx.report({
    code: "E1411",
    span: p.span,
    label: `\`${key}\` is already handled`,
    labels: [{ span: known, text: "handled here" }],
    help: ["remove one of the arms"],
  });
}

/** Reports what no arm takes. */
function complete(cx: Cx, e: MatchExpr | MatchStmt, cases: Cases, isValue: boolean): void {
  if (cases.rest || cases.failed || e.arms.length === 0) return;
  const type = prune(cases.type);
  if (type.kind === "error") return;
  if (type.kind === "enum") {
    const { decl } = type;
    const missing = decl.variants.filter((v) => !cases.seen.has(`${decl.name}.${v.name}`));
    if (missing.length === 0) return;
    const names = missing.map((v) => `\`${decl.name}.${v.name}\``);
    cx.report({
      code: "E1410",
      span: e.subject.span,
      label: `${names.join(", ")} ${missing.length === 1 ? "is" : "are"} not handled`,
      ...(decl.node ? { labels: [{ span: decl.decl, text: "declared here" }] } : {}),
      help: missing.map((v) => {
        const payload = v.payload.length > 0 ? `(${v.payload.map(() => "_").join(", ")})` : "";
        return `add \`${decl.name}.${v.name}${payload} -> ...\``;
      }),
    });
    return;
  }
  if (!isValue) return;
  if (isPrim(type, "bool")) {
    const missing = ["true", "false"].filter((key) => !cases.seen.has(key));
    if (missing.length === 0) return;
    cx.report({
      code: "E1410",
      span: e.subject.span,
      label: `${missing.map((m) => `\`${m}\``).join(", ")} ${missing.length === 1 ? "is" : "are"} not handled`,
      help: missing.map((m) => `add \`${m} -> ...\``),
    });
    return;
  }
  cx.report({
    code: "E1410",
    span: e.subject.span,
    label: `a \`match\` over ${article(type)} that is used as a value needs a \`_\` arm`,
    help: ["add `_ -> ...`"],
  });
}

/** Whether a match statement leaves nothing out, so that control cannot pass by (types 3.3). */
export function exhaustive(s: MatchStmt | MatchExpr): boolean {
  const seen = new Set<string>();
  for (const arm of s.arms) {
    const p = bare(arm.pattern);
    if (p.kind === "name" && p.name === "_") return true;
    if (arm.variant) seen.add(arm.variant.name);
    else if (p.kind === "bool") seen.add(`${p.value}`);
  }
  const type = s.subject.type ? prune(s.subject.type) : ERROR;
  if (type.kind === "error") return true;
  if (type.kind === "enum") return type.decl.variants.every((v) => seen.has(v.name));
  return isPrim(type, "bool") && seen.has("true") && seen.has("false");
}
