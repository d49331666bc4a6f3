/**
 * A walk over statements and expressions for rules that look at a whole program. Every node kind of the language has a
 * line here, also those that analysis does not accept yet: a new kind without one is a type error, so no rule misses it.
 *
 * Expressions are walked with a stack of their own, since chains of operators may be long; blocks recurse, their nesting
 * is limited by the parser. Parts come in source order.
 */
import type { BindTarget, Block, Expr, MatchArm, Pattern, Place, Stmt } from "../syntax/ast.js";

/** What a statement or an expression is made of. */
export type Part = Expr | Block;
/** Only expressions have a kind; `"statements" in part` would be the slowest line of all warnings. */
export const isBlock = (part: Part): part is Block => (part as { kind?: string }).kind === undefined;

/** What has a block: a statement, a function expression, a `match` (once for each arm), a block as a value. */
export type BlockOwner = Stmt | Expr;

export interface Visitor {
  /** Before the parts; `false` leaves them out. */
  readonly statement?: (s: Stmt) => boolean | undefined;
  /** After the parts. */
  readonly left?: (s: Stmt) => void;
  /** Before the parts; `false` leaves them out. */
  readonly expression?: (e: Expr) => boolean | undefined;
  /** Around the statements of a block; `enter` may leave them out with `false`, then `leave` is not called. */
  readonly enter?: (block: Block, owner: BlockOwner) => boolean | undefined;
  readonly leave?: (block: Block, owner: BlockOwner) => void;
}

/** Walks the statements of a block; `enter` and `leave` are for the blocks inside. */
export function walk(block: Block, visitor: Visitor): void {
  for (const s of block.statements) {
    if (visitor.statement?.(s) !== false) {
      for (const part of partsOf(s)) {
        if (isBlock(part)) inside(part, s, visitor);
        else walkExpression(part, visitor);
      }
    }
    visitor.left?.(s);
  }
}

/** Walks one expression. */
export function walkExpression(top: Expr, visitor: Visitor): void {
  const stack: Part[] = [top];
  const owners: BlockOwner[] = [top];
  for (let part = stack.pop(); part; part = stack.pop()) {
    const owner = owners.pop()!;
    if (isBlock(part)) {
      inside(part, owner, visitor);
      continue;
    }
    if (visitor.expression?.(part) === false) continue;
    const parts = operandsOf(part);
    for (let i = parts.length - 1; i >= 0; i--) {
      stack.push(parts[i]!);
      owners.push(part);
    }
  }
}

function inside(block: Block, owner: BlockOwner, visitor: Visitor): void {
  if (visitor.enter?.(block, owner) === false) return;
  walk(block, visitor);
  visitor.leave?.(block, owner);
}

const present = <T>(part: T | null): readonly T[] => (part === null ? [] : [part]);
const ofArms = (arms: readonly MatchArm[]): Part[] => arms.flatMap((arm) => [arm.pattern, arm.body]);
type Target = BindTarget | Place | Pattern;
const isPattern = (target: Target): target is Pattern => "targets" in target;
const isPlace = (target: Target): target is Place => "place" in target;

/** Elements and fields that targets assign to. */
const placesOf = (targets: readonly Target[]): Expr[] =>
  targets.flatMap((t) => (isPattern(t) ? placesOf(t.targets) : isPlace(t) ? [t.place] : []));
/** Names that targets give a value to. */
const namesOf = (targets: readonly Target[]): BindTarget[] =>
  targets.flatMap((t) => (isPattern(t) ? namesOf(t.targets) : isPlace(t) ? [] : [t]));

/** Names that the statement itself gives a value to by `=` or as a loop variable of `foreach`. */
export function targetsOf(s: Stmt): readonly BindTarget[] {
  switch (s.kind) {
    case "bind":
      return s.targets;
    case "store":
      return namesOf(s.targets);
    case "destructure":
      return namesOf([s.pattern]);
    case "foreach":
      return namesOf([s.target]);
    default:
      return [];
  }
}

/** The parts of a statement. */
export function partsOf(s: Stmt): readonly Part[] {
  switch (s.kind) {
    case "bind":
      return [s.value];
    case "store":
      return [...placesOf(s.targets), s.value];
    case "destructure":
      return [...placesOf([s.pattern]), s.value];
    case "compound":
      return [...present(s.place), s.value];
    case "expr":
      return [s.expr];
    case "print":
      return s.args;
    case "guarded":
      return [s.expr, s.cond];
    case "if":
      return [...s.arms.flatMap((arm): Part[] => [arm.cond, arm.body]), ...present(s.otherwise)];
    case "while":
      return [s.cond, s.body];
    case "for":
      return [s.start, s.end, ...present(s.step), s.body];
    case "foreach":
      return [s.iterable, s.body];
    case "match":
      return [s.subject, ...ofArms(s.arms)];
    case "try":
      return [s.body, s.handler];
    case "return":
      return present(s.value);
    case "fn":
      return [s.body];
    case "impl":
      // Methods are functions of their own.
      return s.methods.map((method): Block => ({ statements: [method], span: method.span }));
    case "struct":
      return s.fields.flatMap((field) => present(field.value));
    case "break":
    case "continue":
    case "pass":
    case "enum":
    case "use":
    case "error":
      return [];
    default:
      return s satisfies never;
  }
}

/** The parts of an expression. */
export function operandsOf(e: Expr): readonly Part[] {
  switch (e.kind) {
    case "paren":
      return [e.inner];
    case "unary":
    case "cast":
      return [e.operand];
    case "binary":
    case "logic":
      return [e.left, e.right];
    case "cond":
      return [e.then, e.cond, e.otherwise];
    case "call":
      return [e.callee, ...e.args];
    case "array":
      return e.items;
    case "index":
      return [e.object, e.index];
    case "slice":
      return [e.object, ...present(e.start), ...present(e.end), ...present(e.step)];
    case "member":
      return [e.object];
    case "struct":
      return e.fields.map((field) => field.value);
    case "fn":
      return [e.body];
    case "match":
      return [e.subject, ...ofArms(e.arms)];
    case "block":
      return [e.body];
    case "int":
    case "float":
    case "string":
    case "bool":
    case "name":
    case "error":
      return [];
    default:
      return e satisfies never;
  }
}
