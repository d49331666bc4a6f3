/**
 * Node shapes of the syntax tree. The parser makes them; analysis fills the fields marked "analysis" (types, symbols)
 * in place; the bytecode lowering reads both. One node kind per construct of the language; a construct that is not
 * supported yet has no node (the parser reports E1099 and skips it).
 */

import type { Symbol as AnySymbol, FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Type } from "../analysis/types.js";
import type { Span } from "../source/span.js";

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A type as written. Only named types exist until arrays and functions come. */
export interface TypeNode {
  readonly kind: "named";
  readonly name: string;
  readonly span: Span;
}

export type BinaryOp = "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "matches";
export type LogicOp = "and" | "or";

interface ExprBase {
  readonly span: Span;
  /** Analysis: the final type (literals resolved). */
  type?: Type;
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
/** A call. `callee` is a name in this subset; `builtin` is set by analysis for `typeof` and the like. */
export interface CallExpr extends ExprBase {
  readonly kind: "call";
  readonly callee: Expr;
  readonly args: readonly Expr[];
  /** Analysis: the called function, or the built-in's name. */
  fn?: FnSymbol;
  builtin?: string;
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
  | ErrorExpr;

interface StmtBase {
  readonly span: Span;
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
}
/** `x op= e`. */
export interface CompoundStmt extends StmtBase {
  readonly kind: "compound";
  readonly op: "+" | "-" | "*" | "/" | "%";
  readonly opSpan: Span;
  readonly target: Name;
  readonly value: Expr;
  /** Analysis. */ symbol?: VarSymbol;
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
export interface JumpStmt extends StmtBase {
  readonly kind: "break" | "continue";
  readonly label: Name | null /** Analysis: the loop it refers to. */;
  target?: WhileStmt | ForStmt;
}
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
