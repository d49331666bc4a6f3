/**
 * Second pass, statements: types of variables, conditions, ranges, returned values. Names and jumps were settled by
 * resolve.ts; nested functions are units of their own and are skipped here.
 */
import type { Label, Sink } from "../diagnostics/diagnostic.js";
import type {
  BindStmt,
  BindTarget,
  Block,
  CompoundStmt,
  Expr,
  ExprStmt,
  ForStmt,
  IndexExpr,
  MemberExpr,
  ReturnStmt,
  Stmt,
} from "../syntax/ast.js";
import { concrete, condition, expect, fits, infer, settled, value } from "./check-expr.js";
import { type Inferred, LITERAL, literalValue, settleTogether } from "./literals.js";
import { arithmetic, aType } from "./operators.js";
import type { FnSymbol, VarSymbol } from "./symbols.js";
import { ERROR, isInteger, isNumeric, PENDING, sameType, type Type, typeName, VOID } from "./types.js";

/** A value that a function gives back, by `return` or as its implicit result. */
export interface Returned {
  readonly expr: Expr;
  readonly type: Inferred;
  readonly implicit: ExprStmt | null;
}

/** What is known and collected while a function body is checked. */
export interface FnState {
  readonly symbol: FnSymbol;
  /** The declared result; null: it is inferred from what is collected here. */
  readonly declared: Type | null;
  readonly last: ReadonlySet<ExprStmt>;
  readonly returned: Returned[];
  /** `return` without a value. */
  readonly bare: ReturnStmt[];
}

export interface Cx {
  readonly sink: Sink;
  /** Null in module-level code. */
  readonly fn: FnState | null;
  /** Module-level statements that were checked ahead of their turn. */
  readonly done: ReadonlySet<Stmt>;
}

export function checkBlock(cx: Cx, block: Block): void {
  for (const s of block.statements) checkStatement(cx, s);
}

function checkStatement(cx: Cx, s: Stmt): void {
  const { sink } = cx;
  switch (s.kind) {
    case "bind":
      if (!cx.done.has(s)) bind(sink, s);
      return;
    case "compound":
      if (s.place) element(sink, s.place, s.value);
      else compound(sink, s);
      return;
    case "store":
      for (const target of s.targets) if ("place" in target) element(sink, target.place, s.value);
      return;
    case "expr":
      expression(cx, s);
      return;
    case "print":
      for (const arg of s.args) concrete(sink, arg);
      return;
    case "if":
      for (const arm of s.arms) {
        condition(sink, arm.cond, arm.keyword);
        checkBlock(cx, arm.body);
      }
      if (s.otherwise) checkBlock(cx, s.otherwise);
      return;
    case "guarded": {
      const type = infer(sink, s.expr);
      if (type === LITERAL) settleTogether([s.expr], sink);
      condition(sink, s.cond, s.keyword);
      return;
    }
    case "while":
      condition(sink, s.cond, s.keyword);
      checkBlock(cx, s.body);
      return;
    case "for":
      if (!cx.done.has(s)) forHeader(sink, s);
      checkBlock(cx, s.body);
      return;
    case "return":
      returns(cx, s);
      return;
    case "fn":
    case "break":
    case "continue":
    case "pass":
    case "error":
      return;
  }
}

/** `x = e` and its relatives: the value has the declared type, or gives the new variables theirs. */
export function bind(sink: Sink, s: BindStmt): void {
  if (s.annotation) {
    // Annotated statements have one target, whose type is the annotation's.
    const type = s.targets[0]?.symbol?.type ?? ERROR;
    expect(sink, s.value, type, { span: s.annotation.span, text: `\`${typeName(type)}\` is asked for here` });
    return;
  }
  const known = s.targets.filter((target) => target.symbol && !givesType(target));
  const found = value(sink, s.value);
  const place = known[known.length - 1]?.symbol?.type ?? ERROR;
  const type = settled(sink, s.value, found, place);
  for (const target of s.targets) if (target.symbol && givesType(target)) target.symbol.type = type;
  for (const { symbol, declares } of known.reverse()) {
    const why: Label = { span: symbol!.decl, text: `\`${symbol!.name}\` is ${aType(symbol!.type)}` };
    if (declares ? !agrees(sink, s.value, type, symbol!) : !fits(sink, s.value, type, symbol!.type, why)) return;
  }
}

/** Whether the value says what type the variable has: in its declaration, of several in branches the first one. */
const givesType = ({ symbol, declares, name }: BindTarget): boolean => declares === true && symbol!.decl === name.span;

/** Declarations of one variable in several branches have the same type (core 8.2). */
function agrees(sink: Sink, e: Expr, type: Type, symbol: VarSymbol): boolean {
  if (sameType(type, symbol.type) || type.kind === "error" || symbol.type.kind === "error") return true;
  sink.report({
    code: "E2002",
    span: e.span,
    label: `this is ${aType(type)}, \`${symbol.name}\` is ${aType(symbol.type)} in another branch`,
    labels: [{ span: symbol.decl, text: `${aType(symbol.type)} here` }],
    help: ["use another name"],
  });
  return false;
}

/** `s[i] = e`, `s[i] += e`: only strings have elements so far, and theirs cannot be changed. */
function element(sink: Sink, place: IndexExpr | MemberExpr, value: Expr): void {
  const type = concrete(sink, place);
  concrete(sink, value);
  if (type.kind === "error") return;
  sink.report({
    code: "E1028",
    span: place.span,
    label: "the bytes of a `string` cannot be changed",
    help: ["make a new text, by joining the parts that stay with the new one"],
  });
}

function compound(sink: Sink, s: CompoundStmt): void {
  const right = value(sink, s.value);
  const left = s.symbol?.type ?? ERROR;
  arithmetic(
    s.op,
    s.opSpan,
    { expr: null, span: s.target.span, type: left },
    { expr: s.value, span: s.value.span, type: right },
    sink,
  );
}

function expression(cx: Cx, s: ExprStmt): void {
  const { sink, fn } = cx;
  const type = infer(sink, s.expr);
  if (!fn || type === VOID || !fn.last.has(s)) {
    if (type === LITERAL) settleTogether([s.expr], sink);
    return;
  }
  fn.returned.push({ expr: s.expr, type, implicit: s });
  if (fn.declared) fits(sink, s.expr, type, fn.declared, whyResult(fn));
}

function returns(cx: Cx, s: ReturnStmt): void {
  const { sink, fn } = cx;
  if (!s.value) {
    if (!fn) return;
    fn.bare.push(s);
    if (fn.declared && fn.declared.kind === "prim") missingValue(sink, s, fn.symbol, fn.declared);
    return;
  }
  if (!fn) {
    concrete(sink, s.value);
    sink.report({
      code: "E2001",
      span: s.value.span,
      label: "the module itself returns nothing",
      help: ["write `return` alone to end the program"],
    });
    return;
  }
  const type = value(sink, s.value);
  fn.returned.push({ expr: s.value, type, implicit: null });
  if (fn.declared === VOID) {
    settled(sink, s.value, type, ERROR);
    sink.report({
      code: "E2001",
      span: s.value.span,
      label: `\`${fn.symbol.name}\` declares that it returns nothing`,
      labels: [{ span: fn.symbol.node.result!.span, text: "`void` is asked for here" }],
    });
  } else if (fn.declared) fits(sink, s.value, type, fn.declared, whyResult(fn));
}

/** A `return` without a value where one is needed. */
export function missingValue(sink: Sink, s: ReturnStmt, fn: FnSymbol, result: Type): void {
  sink.report({
    code: "E2001",
    span: s.keyword,
    label: `\`return\` needs a value here: \`${fn.name}\` returns ${aType(result)}`,
    labels: [{ span: fn.node.result?.span ?? fn.decl, text: `returns ${aType(result)}` }],
  });
}

const whyResult = (fn: FnState): Label => ({
  span: fn.symbol.node.result!.span,
  text: `\`${typeName(fn.declared!)}\` is asked for here`,
});

/** Bounds and step of a `for` share one integer type, which is the variable's (core 19.1). */
export function forHeader(sink: Sink, s: ForStmt): void {
  const parts = s.step ? [s.start, s.end, s.step] : [s.start, s.end];
  const types = parts.map((part) => value(sink, part));
  const bad = types.findIndex((t) => t !== LITERAL && t.kind !== "error" && !isInteger(t));
  const known = types.find((t): t is Type => t !== LITERAL && isInteger(t));
  const literals = parts.filter((_, i) => types[i] === LITERAL);
  const failed = types.some((t) => t === ERROR);
  let type: Type = known ?? (types.includes(PENDING) ? PENDING : ERROR);
  if (known) for (const literal of literals) settled(sink, literal, LITERAL, known);
  else if (literals.length > 0) {
    const own = settleTogether(literals, sink);
    if (!failed && bad < 0) type = own;
  }
  if (s.symbol) s.symbol.type = type;
  s.rangeType = type;
  if (bad >= 0) {
    notInteger(sink, s, parts[bad]!, types[bad] as Type, bad === 2);
    return;
  }
  const odd = types.findIndex((t) => known !== undefined && t !== LITERAL && isInteger(t) && !sameType(t, known));
  if (odd >= 0) {
    sink.report({
      code: "E2004",
      span: parts[odd]!.span,
      label: `this is ${aType(types[odd] as Type)}, the range is one of \`${typeName(known!)}\``,
      labels: [{ span: parts[types.indexOf(known!)]!.span, text: `this is ${aType(known!)}` }],
      help: [`convert it: \`(... as ${typeName(known!)})\``],
    });
  } else if (s.step && literalValue(s.step) === 0n) {
    sink.report({ code: "E1404", span: s.step.span, label: "the step of a range cannot be zero", labels: [inFor(s)] });
  }
}

const inFor = (s: ForStmt): Label => ({ span: s.keyword, text: "in this `for`" });

function notInteger(sink: Sink, s: ForStmt, part: Expr, type: Type, step: boolean): void {
  sink.report({
    code: "E1404",
    span: part.span,
    label: `${step ? "range steps" : "range bounds"} are integers, this is ${aType(type)}`,
    labels: [inFor(s)],
    ...(isNumeric(type) ? { help: ["convert it: `(... as i32)`"] } : {}),
  });
}
