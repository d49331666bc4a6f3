/**
 * Second pass, statements: types of variables, conditions, ranges, returned values. Names and jumps were settled by
 * resolve.ts. The literals of a statement get their types at its end, unless they are returned: what a function gives back
 * is decided when all of it has been seen.
 */
import type { VarSymbol } from "../analysis/symbols.js";
import { ERROR, I32, I64, PENDING, type Type, VOID } from "../analysis/types.js";
import type { Label } from "../diagnostics/diagnostic.js";
import type {
  BindStmt,
  BindTarget,
  Block,
  CompoundStmt,
  DestructureStmt,
  Expr,
  ExprStmt,
  ForEachStmt,
  ForStmt,
  Pattern,
  ReturnStmt,
  Stmt,
  StoreStmt,
  StructStmt,
} from "../syntax/ast.js";
import { elementOf } from "./access.js";
import { bare } from "./bare.js";
import { missingValue } from "./bodies.js";
import { type Cx, ENDLESS } from "./cx.js";
import { lengthFits } from "./data.js";
import { condition, infer, value } from "./expr.js";
import { literalValue } from "./literals.js";
import { matchStatement } from "./match.js";
import { arithmetic, notDefined, type Operand } from "./operators.js";
import { placeType } from "./places.js";
import { article, CAUGHT, isNumber, isWhole, prune, show, TooDeep } from "./types.js";

export function checkBlock(cx: Cx, block: Block): void {
  for (const s of block.statements) checkStatement(cx, s);
}

/** A block whose last expression is a value; VOID if it ends in anything else. */
export function blockValue(cx: Cx, block: Block, hint: Type | null): Type {
  const last = block.statements[block.statements.length - 1];
  for (const s of block.statements) if (s !== last || s.kind !== "expr") checkStatement(cx, s);
  if (last?.kind === "expr") return infer(cx, last.expr, hint);
  // Control never comes to the end, so any type will do.
  if (last?.kind === "return" || last?.kind === "break" || last?.kind === "continue" || last?.kind === "error")
    return cx.unifier.fresh(false);
  return VOID;
}

export function checkStatement(cx: Cx, s: Stmt): void {
  if (cx.done.has(s)) return;
  if (!cx.fn) cx.entering(s);
  const mark = cx.unifier.mark();
  guarded(cx, s);
  const returned = s.kind === "return" || (s.kind === "expr" && cx.fn?.last.has(s));
  if (!returned && !containsBlock(s)) cx.unifier.settleFrom(mark);
}

/** A type that is nested beyond all measure ends the check of the statement that makes it. */
function guarded(cx: Cx, s: Stmt): void {
  try {
    statement(cx, s);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    cx.report({ code: "E2024", span: s.span, label: "the type of a value in this statement is nested too deeply" });
  }
}

/** Statements whose parts settle their own literals, and may hold returned ones. */
const containsBlock = (s: Stmt): boolean =>
  s.kind === "if" ||
  s.kind === "while" ||
  s.kind === "for" ||
  s.kind === "foreach" ||
  s.kind === "match" ||
  s.kind === "try";

function statement(cx: Cx, s: Stmt): void {
  switch (s.kind) {
    case "bind":
      bind(cx, s);
      return;
    case "destructure":
      destructure(cx, s);
      return;
    case "store":
      store(cx, s);
      return;
    case "compound":
      compound(cx, s);
      return;
    case "expr":
      expression(cx, s);
      return;
    case "print":
      for (const arg of s.args) value(cx, arg);
      return;
    case "if":
      for (const arm of s.arms) {
        condition(cx, arm.cond, arm.keyword);
        checkBlock(cx, arm.body);
      }
      if (s.otherwise) checkBlock(cx, s.otherwise);
      return;
    case "guarded":
      infer(cx, s.expr);
      condition(cx, s.cond, s.keyword);
      return;
    case "while":
      condition(cx, s.cond, s.keyword);
      checkBlock(cx, s.body);
      return;
    case "for":
      if (s.rangeType === undefined) forHeader(cx, s);
      checkBlock(cx, s.body);
      return;
    case "foreach":
      foreach(cx, s);
      return;
    case "match":
      matchStatement(cx, s);
      return;
    case "try":
      checkBlock(cx, s.body);
      if (s.symbol) declare(cx, s.symbol, CAUGHT);
      checkBlock(cx, s.handler);
      return;
    case "return":
      returns(cx, s);
      return;
    case "fn":
      cx.passing(s.symbol!);
      return;
    case "impl":
      for (const m of s.methods) if (m.symbol) cx.passing(m.symbol);
      return;
    case "struct":
      defaults(cx, s);
      return;
    default:
      return;
  }
}

// --- variables ---

/** Gives a new variable its type; a function may have mentioned it before. */
function declare(cx: Cx, v: VarSymbol, type: Type): boolean {
  if (v.type === PENDING) {
    cx.give(v, type);
    return true;
  }
  return cx.unifier.unify(v.type, type);
}

/** `x = e` and its relatives: the value has the declared type, or gives the new variables theirs. */
function bind(cx: Cx, s: BindStmt): void {
  if (s.annotation) {
    const type = cx.types.of(s.annotation);
    const why: Label = { span: s.annotation.span, text: `\`${show(type)}\` is asked for here` };
    cx.types.length(s.annotation);
    for (const { symbol } of s.targets) if (symbol) declare(cx, symbol, type);
    cx.coerce(s.value, value(cx, s.value, type), type, why);
    lengthFits(cx, s.value, s.annotation);
    return;
  }
  assign(cx, s.value, s.targets);
  const v = bare(s.value);
  if (v.kind === "array" && v.items.length === 0 && s.targets.some(givesType)) cx.emptyArray(v);
}

/** A value for several targets: known ones say what type it has, new ones take it. */
function assign(cx: Cx, e: Expr, targets: readonly BindTarget[]): void {
  const known = targets.filter((target) => target.symbol && !givesType(target));
  const hint = known[known.length - 1]?.symbol;
  const found = value(cx, e, hint ? cx.typeOf(hint) : null);
  for (const target of known.reverse()) {
    const symbol = target.symbol!;
    const place = cx.typeOf(symbol);
    if (target.declares) agrees(cx, e, found, symbol);
    else {
      const why: Label = { span: symbol.decl, text: `\`${symbol.name}\` is ${article(place)}` };
      cx.coerce(e, found, place, why);
    }
  }
  const type = cx.unifier.settle(found);
  for (const target of targets)
    if (target.symbol && givesType(target) && !declare(cx, target.symbol, type))
      cx.mismatch(e, type, target.symbol.type, null);
}

/** Whether the value says what type the variable has: in its declaration, of several in branches the first one. */
const givesType = ({ symbol, declares, name }: BindTarget): boolean =>
  declares === true && symbol !== undefined && symbol.decl === name.span;

/** Declarations of one variable in several branches have the same type (core 8.2). */
function agrees(cx: Cx, e: Expr, type: Type, symbol: VarSymbol): boolean {
  const known = cx.typeOf(symbol);
  if (cx.unifier.unify(type, known)) return true;
  const found = cx.unifier.settle(type);
  cx.report({
    code: "E2002",
    span: e.span,
    label: `this is ${article(found)}, \`${symbol.name}\` is ${article(known)} in another branch`,
    labels: [{ span: symbol.decl, text: `${article(known)} here` }],
    help: ["use another name"],
  });
  return false;
}

function destructure(cx: Cx, s: DestructureStmt): void {
  const type = value(cx, s.value);
  spread(cx, s.pattern, type, s.value);
}

/** Gives the targets of a pattern the elements of a value of that type. */
function spread(cx: Cx, pattern: Pattern, type: Type, e: Expr): void {
  const element = elementOf(cx, type);
  if (!element)
    cx.report({
      code: "E2014",
      span: e.span,
      label: `${article(type)} has no elements to take apart`,
      labels: [{ span: pattern.span, text: "the targets" }],
    });
  const part = element ?? ERROR;
  for (const target of pattern.targets) {
    if ("targets" in target) spread(cx, target, part, e);
    else if ("place" in target) fitsTarget(cx, e, part, placeType(cx, target.place, "E1014"));
    else if (target.symbol) {
      if (!givesType(target)) fitsTarget(cx, e, part, cx.typeOf(target.symbol));
      else if (!declare(cx, target.symbol, cx.unifier.settle(part))) cx.mismatch(e, part, target.symbol.type, null);
    }
  }
}

function fitsTarget(cx: Cx, e: Expr, part: Type, place: Type): void {
  if (!cx.unifier.unify(part, place)) cx.mismatch(e, part, place, null);
}

function store(cx: Cx, s: StoreStmt): void {
  const names: BindTarget[] = [];
  const places: Type[] = [];
  for (let i = s.targets.length - 1; i >= 0; i--) {
    const target = s.targets[i]!;
    if ("place" in target) places.push(placeType(cx, target.place, "E1014"));
    else names.unshift(target);
  }
  const hint = places[0] ?? null;
  const found = value(cx, s.value, hint);
  for (const place of places) if (!cx.coerce(s.value, found, place, null)) break;
  const type = cx.unifier.settle(found);
  for (const target of names) {
    if (!target.symbol) continue;
    if (givesType(target)) {
      if (!declare(cx, target.symbol, type)) cx.mismatch(s.value, type, target.symbol.type, null);
    } else cx.coerce(s.value, type, cx.typeOf(target.symbol), null);
  }
}

function compound(cx: Cx, s: CompoundStmt): void {
  const place = s.place ? placeType(cx, s.place, "E1017") : s.symbol ? cx.typeOf(s.symbol) : ERROR;
  const found = value(cx, s.value);
  const left = prune(place);
  let right = found;
  if (prune(right).kind === "any" && left.kind !== "any" && left.kind !== "error" && left.kind !== "var") {
    cx.convert(s.value, "unwrap", left);
    right = left;
  }
  const span = s.place?.span ?? s.target.span;
  const target: Operand = { expr: null, span, type: left };
  const other: Operand = { expr: s.value, span: s.value.span, type: right };
  const result = arithmetic(cx, s.op, s.opSpan, target, other);
  // `n *= array` gives an array, which n cannot hold.
  if (!cx.unifier.unify(result, left)) notDefined(cx, `${s.op}=`, s.opSpan, target, other);
}

// --- results ---

function expression(cx: Cx, s: ExprStmt): void {
  const { fn } = cx;
  const last = fn?.last.has(s) ?? false;
  const wanted = last && fn ? (fn.declared ? fn.result : fn.wanted) : null;
  const type = infer(cx, s.expr, wanted);
  if (!fn || !last) return;
  fn.returned.push({ expr: s.expr, type, implicit: s });
  if (!fn.declared || prune(type).kind === "void") return;
  cx.coerce(s.expr, cx.needValue(s.expr, type), fn.result, whyResult(cx));
  lengthFits(cx, s.expr, fn.symbol.node.result);
}

function returns(cx: Cx, s: ReturnStmt): void {
  const { fn } = cx;
  if (!s.value) {
    if (!fn) return;
    fn.bare.push(s);
    const result = prune(fn.result);
    if (fn.declared && result.kind !== "void" && result.kind !== "error") missingValue(cx, s, fn, result);
    return;
  }
  if (!fn) {
    value(cx, s.value);
    cx.report({
      code: "E2001",
      span: s.value.span,
      label: "the module itself returns nothing",
      help: ["write `return` alone to end the program"],
    });
    return;
  }
  const type = value(cx, s.value, fn.declared ? fn.result : (fn.wanted ?? fn.result));
  const result = prune(fn.result);
  const first = fn.returned.find((r) => r.implicit === null);
  fn.returned.push({ expr: s.value, type, implicit: null });
  if (fn.declared && result.kind === "void") {
    const name = fn.symbol.name ? `\`${fn.symbol.name}\`` : "this function";
    cx.report({
      code: "E2001",
      span: s.value.span,
      label: `${name} declares that it returns nothing`,
      ...(fn.symbol.node.result
        ? { labels: [{ span: fn.symbol.node.result.span, text: "`void` is asked for here" }] }
        : {}),
    });
  } else if (fn.declared) {
    cx.coerce(s.value, type, result, whyResult(cx));
    lengthFits(cx, s.value, fn.symbol.node.result);
  } else differs(cx, s.value, type, first?.expr ?? null);
}

/** One more value of a function whose result is not declared. */
function differs(cx: Cx, e: Expr, type: Type, first: Expr | null): void {
  const { result } = cx.fn!;
  const known = prune(result);
  if (known.kind === "any" || prune(type).kind === "any") {
    cx.coerce(e, type, result, null);
    return;
  }
  if (cx.unifier.unify(type, result)) return;
  const found = cx.unifier.settle(type);
  const other = cx.unifier.settle(result);
  cx.report({
    code: "E2002",
    span: e.span,
    label: cx.unifier.endless(found, other)
      ? ENDLESS
      : `this is ${article(found)}, another path returns ${article(other)}`,
    ...(first ? { labels: [{ span: first.span, text: `this is ${article(other)}` }] } : {}),
  });
}

function whyResult(cx: Cx): Label | null {
  const { declared, result } = cx.fn!;
  if (declared === null || declared === "context") return null;
  return { span: declared, text: `\`${show(result)}\` is asked for here` };
}

// --- loops ---

/** Bounds and step of a `for` share one integer type, which is the variable's (core 19.1). */
function forHeader(cx: Cx, s: ForStmt): void {
  const mark = cx.unifier.mark();
  const parts = s.step ? [s.start, s.end, s.step] : [s.start, s.end];
  const types = parts.map((part) => prune(value(cx, part)));
  types.forEach((t, i) => {
    if (t.kind !== "any") return;
    cx.convert(parts[i]!, "unwrap", I32);
    types[i] = I32;
  });
  const open = (t: Type): boolean => t.kind === "var" || t.kind === "error";
  const bad = types.findIndex((t) => !open(t) && !isWhole(t));
  const known = types.find(isWhole);
  let type: Type = known ?? types.find((t) => t.kind === "var") ?? ERROR;
  const odd = types.findIndex(
    (t) => !open(t) && isWhole(t) && known !== undefined && t !== known && !cx.unifier.unify(t, known),
  );
  if (bad < 0) for (const t of types) if (open(t)) cx.unifier.unify(t, type);
  cx.unifier.settleFrom(mark);
  type = cx.unifier.settle(type);
  // Bounds of unknown type count.
  if (type.kind === "var") {
    cx.unifier.unify(type, I32);
    type = I32;
  } else if (bad < 0 && type.kind !== "error" && !isWhole(type)) type = ERROR;
  s.rangeType = bad >= 0 && !known ? ERROR : type;
  if (s.symbol) declare(cx, s.symbol, s.rangeType);
  const label = [{ span: s.keyword, text: "in this `for`" }];
  if (bad >= 0)
    cx.report({
      code: "E1404",
      span: parts[bad]!.span,
      label: `${bad === 2 ? "range steps" : "range bounds"} are integers, this is ${article(types[bad]!)}`,
      labels: label,
      ...(isNumber(types[bad]!) ? { help: ["convert it: `(... as i32)`"] } : {}),
    });
  else if (odd >= 0)
    cx.report({
      code: "E2004",
      span: parts[odd]!.span,
      label: `this is ${article(types[odd]!)}, the range is one of \`${show(known!)}\``,
      labels: [{ span: parts[types.indexOf(known!)]!.span, text: `this is ${article(known!)}` }],
      help: [`convert it: \`(... as ${show(known!)})\``],
    });
  else if (s.step && literalValue(s.step) === 0n)
    cx.report({ code: "E1404", span: s.step.span, label: "the step of a range cannot be zero", labels: label });
}

/** `for x in e`: the elements of an array, the numbers of a range iterator. */
function foreach(cx: Cx, s: ForEachStmt): void {
  const mark = cx.unifier.mark();
  const type = cx.unifier.settle(value(cx, s.iterable));
  cx.unifier.settleFrom(mark);
  let element: Type;
  if (type.kind === "range") element = I64;
  else if (type.kind === "array" || type.kind === "var" || type.kind === "error")
    element = elementOf(cx, type) ?? ERROR;
  else {
    element = ERROR;
    const whole = isWhole(type) ? [`to count, write \`0..${shown(s.iterable)}\``] : [];
    cx.report({
      code: "E2015",
      span: s.iterable.span,
      label: `${article(type)} cannot be iterated`,
      labels: [{ span: s.keyword, text: "in this `for`" }],
      ...(whole.length > 0 ? { help: whole } : {}),
    });
  }
  if ("targets" in s.target) spread(cx, s.target, element, s.iterable);
  else if (s.target.symbol) declare(cx, s.target.symbol, element);
  checkBlock(cx, s.body);
}

const shown = (e: Expr): string => (e.kind === "int" ? `${e.value}` : e.kind === "name" ? e.name : "n");

// --- declarations ---

/** Defaults of fields have the types of the fields. */
function defaults(cx: Cx, s: StructStmt): void {
  for (const { name, type, value: e } of s.fields) {
    if (!e) continue;
    const field = s.symbol?.fields.find((f) => f.name === name.text);
    const wanted = field?.type ?? ERROR;
    cx.coerce(e, value(cx, e, wanted), wanted, { span: type.span, text: `\`${show(wanted)}\` is asked for here` });
    lengthFits(cx, e, type);
  }
}
