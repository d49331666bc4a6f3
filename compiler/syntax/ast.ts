/**
 * Node shapes of the syntax tree. The parser makes them; analysis fills the fields marked "analysis" (types, symbols)
 * in place; the bytecode lowering reads both. One node kind per construct of the base language; the forms of
 * the extensions have no node yet (the parser reports E1099 and skips them).
 *
 * Depth, which the parser bounds (E1009) so that later phases may recurse: at most 1000 nested expressions and 200 nested
 * blocks. Only operators (`binary`, `logic`) lean to the left without end, as in `a + b + c`; go along them with a loop.
 */

import type { Symbol as AnySymbol, FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Type } from "../analysis/types.js";
import type { EnumSymbol, Resolved, StructSymbol, VariantSymbol } from "../infer/symbols.js";
import type { Span } from "../source/span.js";

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A type as written. `T?` is read as `T` (types 1). */
export type TypeNode = NamedType | ArrayType | FnType;
/** `i32`, `Point`, `m.Point`, `Opt[i32]`. */
export interface NamedType {
  readonly kind: "named";
  /** With its module, if any, as written: `m.Point`. */
  readonly name: string;
  /** The parts of the name, at least one. */
  readonly path: readonly Name[];
  readonly args: readonly TypeNode[];
  readonly span: Span;
}
/** The text of a type, as messages and dumps show it. */
export function writtenType(t: TypeNode): string {
  switch (t.kind) {
    case "named":
      return t.args.length > 0 ? `${t.name}[${t.args.map(writtenType).join(", ")}]` : t.name;
    case "array":
      return `[${writtenType(t.element)}]`;
    case "fn":
      return `fn(${t.params.map(writtenType).join(", ")})${t.result ? ` -> ${writtenType(t.result)}` : ""}`;
  }
}
/** A type that is one name. */
export const namedType = (name: Name): NamedType => ({
  kind: "named",
  name: name.text,
  path: [name],
  args: [],
  span: name.span,
});
/** `[T]`, `[T, N]`. */
export interface ArrayType {
  readonly kind: "array";
  readonly element: TypeNode;
  /** A literal or the name of a constant. */
  readonly length: Expr | null;
  readonly span: Span;
}
/** `fn(T, ...) -> R`; without `->` it returns nothing. */
export interface FnType {
  readonly kind: "fn";
  readonly params: readonly TypeNode[];
  readonly result: TypeNode | null;
  readonly span: Span;
}

export type BinaryOp = "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "matches";
export type LogicOp = "and" | "or";

interface ExprBase {
  readonly span: Span;
  /** Analysis: the final type (literals resolved). In a generalised function it may contain its type parameters. */
  type?: Type;
  /** Analysis: the place needs another type, and the value is converted here: to `any`, from it, or `[T]` to `[any]`. */
  convert?: Conversion;
}
/** `wrap`: into an any; `unwrap`: out of one, checked at run time; `view`: an array seen as `[any]`. */
export interface Conversion {
  readonly how: "wrap" | "unwrap" | "view";
  to: Type;
}
/** `value` is the mathematical value (without a sign: `-5` is Unary over IntLit); `suffix` as written, if any. */
export interface IntLit extends ExprBase {
  readonly kind: "int";
  readonly value: bigint;
  readonly suffix: string | null;
}
/** A literal with a point or an exponent, or with suffix f64. */
export interface FloatLit extends ExprBase {
  readonly kind: "float";
  readonly value: number;
}
/** `bytes` is the UTF-8 value after escapes. `text` the same as a JS string. */
export interface StringLit extends ExprBase {
  readonly kind: "string";
  readonly text: string;
}
export interface BoolLit extends ExprBase {
  readonly kind: "bool";
  readonly value: boolean;
}
export interface NameExpr extends ExprBase {
  readonly kind: "name";
  readonly name: string /** Analysis. */;
  symbol?: AnySymbol;
  /** Analysis, of a generalised function: what its type parameters stand for here. */
  typeArgs?: readonly Type[];
  /** Analysis: the variable may have no value here (core 8.2), so the read is checked. */
  unset?: boolean;
}
export interface ParenExpr extends ExprBase {
  readonly kind: "paren";
  readonly inner: Expr;
}
export interface UnaryExpr extends ExprBase {
  readonly kind: "unary";
  readonly op: "-" | "not";
  readonly opSpan: Span;
  readonly operand: Expr;
}
export interface BinaryExpr extends ExprBase {
  readonly kind: "binary";
  readonly op: BinaryOp;
  readonly opSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}
export interface LogicExpr extends ExprBase {
  readonly kind: "logic";
  readonly op: LogicOp;
  readonly opSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}
export interface CastExpr extends ExprBase {
  readonly kind: "cast";
  readonly operand: Expr;
  readonly target: TypeNode;
}
/** `then if cond else otherwise`. */
export interface CondExpr extends ExprBase {
  readonly kind: "cond";
  readonly cond: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
  readonly ifSpan: Span;
}
/**
 * One arm of a match. A pattern is `_`, a variant with names or `_` in its parentheses (`E.P(a, _)`, `m.E.P`), or any other
 * expression. The parser cannot tell a variant from a call: both are expressions here, and analysis looks at their types.
 */
export interface MatchArm {
  readonly pattern: Expr;
  /** An inline body of one statement, an indented one, or `{ ... }`. */
  readonly body: Block;
  readonly arrow: Span;
  /** Analysis: the variables that a variant pattern binds, null for `_`; null for other patterns. */
  bindings?: readonly (VarSymbol | null)[] | null;
  /** Analysis: the variant of a variant pattern. */
  variant?: VariantSymbol;
}
/** A call. `builtin` is set by analysis for `typeof` and the like. */
export interface CallExpr extends ExprBase {
  readonly kind: "call";
  readonly callee: Expr;
  readonly args: readonly Expr[];
  /** Analysis: the called function, or the built-in's name. */
  fn?: FnSymbol;
  builtin?: string;
}
/** `[a, b]`. Whether two items are a fill is analysis' answer: it needs to know constants (types 7.2). */
export interface ArrayLit extends ExprBase {
  readonly kind: "array";
  readonly items: readonly Expr[];
  /** A fill by its form: two items, no trailing comma, not inside the arguments of a call. */
  readonly mayFill: boolean;
  /** Analysis: it is one. */
  fill?: boolean;
}
/** `a[i]`. */
export interface IndexExpr extends ExprBase {
  readonly kind: "index";
  readonly object: Expr;
  readonly index: Expr;
}
/** `a[i..j..k]`, every part optional. */
export interface SliceExpr extends ExprBase {
  readonly kind: "slice";
  readonly object: Expr;
  readonly start: Expr | null;
  readonly end: Expr | null;
  readonly step: Expr | null;
  /** From `[` to `]`. */
  readonly range: Span;
}
/** `a.name`: field, method, variant, export of a module, associated function. */
export interface MemberExpr extends ExprBase {
  readonly kind: "member";
  readonly object: Expr;
  readonly name: Name;
  /** Analysis: what it is, if it can be known. */
  resolved?: Resolved;
  /** Analysis, of a generalised function: what its type parameters stand for here. */
  typeArgs?: readonly Type[];
}
/** `P{ x: 1 }`, `m.P{ x: 1 }`. */
export interface StructLit extends ExprBase {
  readonly kind: "struct";
  readonly path: readonly Name[];
  readonly fields: readonly { readonly name: Name; readonly value: Expr }[];
  readonly nameSpan: Span;
  /** Analysis. */ resolved?: StructSymbol;
}
/** `fn(x: i32) -> i32: x + 1`, or with an indented body. */
export interface FnExpr extends ExprBase {
  readonly kind: "fn";
  readonly params: readonly Param[];
  readonly result: TypeNode | null;
  readonly body: Block;
  /** The body is on the line of the `:`. */
  readonly inline: boolean;
  readonly keyword: Span;
  /** Analysis. */ symbol?: FnSymbol;
}
/**
 * `match e:` where a value is expected: the last expression of each arm's body is the arm's value. A `match` that ends such
 * a body (or the body of a block as a value) is an expression as well: an `expr` statement, never a `match` statement.
 */
export interface MatchExpr extends ExprBase {
  readonly kind: "match";
  readonly subject: Expr;
  readonly arms: readonly MatchArm[];
  readonly keyword: Span;
}
/** `{ statements }` as a value: the last expression is its value. */
export interface BlockExpr extends ExprBase {
  readonly kind: "block";
  readonly body: Block;
}
/** Stands where no expression could be read; analysis gives it the error type. */
export interface ErrorExpr extends ExprBase {
  readonly kind: "error";
}

export type Expr =
  | IntLit
  | FloatLit
  | StringLit
  | BoolLit
  | NameExpr
  | ParenExpr
  | UnaryExpr
  | BinaryExpr
  | LogicExpr
  | CastExpr
  | CondExpr
  | CallExpr
  | ArrayLit
  | IndexExpr
  | SliceExpr
  | MemberExpr
  | StructLit
  | FnExpr
  | MatchExpr
  | BlockExpr
  | ErrorExpr;

interface StmtBase {
  readonly span: Span;
}
/**
 * `a, b = e`, `(a, (b, c)) = e`: element 0, 1, ... of the value. Targets are names, elements, fields, `_`, or patterns again.
 */
export interface DestructureStmt extends StmtBase {
  readonly kind: "destructure";
  readonly pattern: Pattern;
  readonly value: Expr;
}
export interface Pattern {
  readonly targets: readonly (BindTarget | Place | Pattern)[];
  readonly span: Span;
}
/** An element or a field on the left side of an assignment. */
export interface Place {
  readonly place: IndexExpr | MemberExpr;
}
/** `a[i] = e`, `x.f = e`, also as a part of a chain (`x = a[0] = e`: targets in source order). */
export interface StoreStmt extends StmtBase {
  readonly kind: "store";
  readonly targets: readonly (BindTarget | Place)[];
  readonly value: Expr;
}
/**
 * Every form that gives a name a value: `x = e`, `mut x = e`, `x: T = e`, `X := e`, `a = b = e` (several targets, in
 * source order; plain only). Whether a plain target declares or assigns is analysis' answer in `declares`.
 */
export interface BindStmt extends StmtBase {
  readonly kind: "bind";
  readonly pub: boolean;
  readonly mut: boolean;
  readonly constant: boolean;
  readonly annotation: TypeNode | null;
  readonly targets: readonly BindTarget[];
  readonly value: Expr;
}
export interface BindTarget {
  readonly name: Name;
  /** Analysis: the variable, and whether this statement declares it. */
  symbol?: VarSymbol;
  declares?: boolean;
  /** Analysis, of a variable that branches declare: it may have no value before this one. */
  unset?: boolean;
}
/** `x op= e`, `a[i] op= e`, `x.f op= e`. */
export interface CompoundStmt extends StmtBase {
  readonly kind: "compound";
  readonly op: "+" | "-" | "*" | "/" | "%";
  readonly opSpan: Span;
  readonly target: Name;
  /** An element or a field; `target` is then its last name (`items` of `a.items[i]`) or empty, for messages only. */
  readonly place: IndexExpr | MemberExpr | null;
  readonly value: Expr;
  /** Analysis. */ symbol?: VarSymbol;
  /** Analysis: the variable may have no value before (core 8.2). */
  unset?: boolean;
}
export interface ExprStmt extends StmtBase {
  readonly kind: "expr";
  readonly expr: Expr;
}
/** `print(...)`: a template when the first argument is a string literal (core 16.3). */
export interface PrintStmt extends StmtBase {
  readonly kind: "print";
  readonly args: readonly Expr[];
  readonly keyword: Span;
}
export interface IfStmt extends StmtBase {
  readonly kind: "if";
  /** `if` and each `elif`, in order. */
  readonly arms: readonly { readonly cond: Expr; readonly body: Block; readonly keyword: Span }[];
  readonly otherwise: Block | null;
}
/** `e if c` as a statement. */
export interface GuardedStmt extends StmtBase {
  readonly kind: "guarded";
  readonly expr: Expr;
  readonly cond: Expr;
  readonly keyword: Span;
}
export interface WhileStmt extends StmtBase {
  readonly kind: "while";
  readonly label: Name | null;
  readonly cond: Expr;
  readonly body: Block;
  readonly keyword: Span;
}
/** `for NAME in start..end..step` (`inclusive` for `..=`). */
export interface ForStmt extends StmtBase {
  readonly kind: "for";
  readonly label: Name | null;
  readonly variable: Name;
  readonly keyword: Span;
  readonly start: Expr;
  readonly end: Expr;
  readonly step: Expr | null;
  readonly inclusive: boolean;
  readonly body: Block;
  /** Analysis: the loop variable; `assigned` on the symbol says that a copy of the counter is needed. */
  symbol?: VarSymbol;
  /** Analysis: the common integer type of bounds, step and variable. */
  rangeType?: Type;
}
/** `for x in e`, `for a, b in e` over an array or another value with elements. */
export interface ForEachStmt extends StmtBase {
  readonly kind: "foreach";
  readonly label: Name | null;
  readonly keyword: Span;
  /** One name, or a pattern whose targets are names, `_` or patterns. */
  readonly target: BindTarget | Pattern;
  readonly iterable: Expr;
  readonly body: Block;
}
export interface MatchStmt extends StmtBase {
  readonly kind: "match";
  readonly subject: Expr;
  readonly arms: readonly MatchArm[];
  readonly keyword: Span;
}
export interface TryStmt extends StmtBase {
  readonly kind: "try";
  readonly body: Block;
  readonly name: Name | null;
  readonly handler: Block;
  readonly keyword: Span;
  readonly catchKeyword: Span;
  /** Analysis. */ symbol?: VarSymbol;
}
export interface StructStmt extends StmtBase {
  readonly kind: "struct";
  readonly pub: boolean;
  readonly name: Name;
  readonly fields: readonly { readonly name: Name; readonly type: TypeNode; readonly value: Expr | null }[];
  readonly keyword: Span;
  /** Analysis. */ symbol?: StructSymbol;
}
export interface EnumStmt extends StmtBase {
  readonly kind: "enum";
  readonly pub: boolean;
  readonly name: Name;
  /** Generic parameters, `[T, U]`. */
  readonly params: readonly Name[];
  readonly variants: readonly {
    readonly name: Name;
    readonly payload: readonly { readonly name: Name | null; readonly type: TypeNode }[];
  }[];
  readonly keyword: Span;
  /** Analysis. */ symbol?: EnumSymbol;
}
export interface ImplStmt extends StmtBase {
  readonly kind: "impl";
  readonly pub: boolean;
  /** What it is for: `Counter`, `m.Counter`. */
  readonly target: NamedType;
  readonly methods: readonly FnStmt[];
  readonly keyword: Span;
}
/** `use a.b`, `use a.b as n`, `use a.b: f, X as Y`, `use a.b: *`. */
export interface UseStmt extends StmtBase {
  readonly kind: "use";
  readonly path: readonly Name[];
  readonly alias: Name | null;
  /** null: the namespace itself is bound; "all": `*`. */
  readonly names: readonly { readonly name: Name; readonly alias: Name | null }[] | "all" | null;
  readonly keyword: Span;
}
export interface JumpStmt extends StmtBase {
  readonly kind: "break" | "continue";
  readonly label: Name | null /** Analysis: the loop it refers to. */;
  target?: Loop;
}
export type Loop = WhileStmt | ForStmt | ForEachStmt;
/** `return a, b` is `return [a, b,]`: the parser makes the array. */
export interface ReturnStmt extends StmtBase {
  readonly kind: "return";
  readonly value: Expr | null;
  readonly keyword: Span;
}
export interface PassStmt extends StmtBase {
  readonly kind: "pass";
}
export interface Param {
  readonly name: Name;
  readonly annotation: TypeNode | null;
  /** Analysis. */ symbol?: VarSymbol;
}
export interface FnStmt extends StmtBase {
  readonly kind: "fn";
  readonly pub: boolean;
  readonly name: Name;
  readonly params: readonly Param[];
  readonly result: TypeNode | null;
  readonly body: Block;
  readonly keyword: Span;
  /** Analysis. */ symbol?: FnSymbol;
}
/** A statement that could not be read; it was reported. */
export interface ErrorStmt extends StmtBase {
  readonly kind: "error";
}

export type Stmt =
  | BindStmt
  | CompoundStmt
  | ExprStmt
  | PrintStmt
  | IfStmt
  | GuardedStmt
  | WhileStmt
  | ForStmt
  | JumpStmt
  | ReturnStmt
  | PassStmt
  | FnStmt
  | DestructureStmt
  | StoreStmt
  | ForEachStmt
  | MatchStmt
  | TryStmt
  | StructStmt
  | EnumStmt
  | ImplStmt
  | UseStmt
  | ErrorStmt;

/** A suite. */
export interface Block {
  readonly statements: readonly Stmt[];
  readonly span: Span;
}

/** One source file after parsing. */
export interface Module {
  readonly file: number;
  /** Module name for messages: the file name without `.orus`. */
  readonly name: string;
  readonly body: Block;
}
