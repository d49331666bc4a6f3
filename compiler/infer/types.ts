/**
 * The types of the complete language, beside the primitive ones of analysis/types.ts.
 *
 * Inference works on terms with mutable variables (union-find): `prune` follows what a variable stands for. A variable
 * has a level, the depth of function groups it was made in; what is left of the deeper levels is generalised when its
 * group is done (schemes.ts). A variable may stand for an unsuffixed integer literal (`literals`, see literals.ts), may
 * carry operators that its type has to support (`needs`), and continuations that wait for its type (`waiting`).
 *
 * Types without variables are closed: walks stop there, and each is one object, so that equal ones need not be compared
 * part by part. The cost of a large type is paid once, not at each use.
 */
import type { PrimName, Type } from "../analysis/types.js";
import type { Span } from "../source/span.js";
import type { EnumSymbol, StructSymbol } from "./symbols.js";

export interface AnyType {
  readonly kind: "any";
}
export interface ArrayOf {
  readonly kind: "array";
  readonly element: Type;
  readonly closed: boolean;
}
export interface FnOf {
  readonly kind: "fn";
  readonly params: readonly Type[];
  /** VOID if it gives nothing back. */
  readonly result: Type;
  readonly closed: boolean;
}
export interface StructOf {
  readonly kind: "struct";
  readonly decl: StructSymbol;
}
export interface EnumOf {
  readonly kind: "enum";
  readonly decl: EnumSymbol;
  readonly args: readonly Type[];
  readonly closed: boolean;
}
/** What `range(...)` gives. */
export interface RangeIterator {
  readonly kind: "range";
}
/** What `catch` binds. */
export interface CaughtError {
  readonly kind: "caught";
}
/** A generic parameter: of an enum declaration, or of a generalised function. */
export interface TypeParam {
  readonly kind: "param";
  /** As written; of a function `T`, `U`, ... for messages. */
  readonly name: string;
  /** What an argument has to support: the operators of the body, checked for each use. */
  readonly needs: readonly Need[];
  /** Whether an argument must be the type of a value: a result that nobody looks at may be void. */
  readonly valued: boolean;
}

export type Composite =
  | AnyType
  | ArrayOf
  | FnOf
  | StructOf
  | EnumOf
  | RangeIterator
  | CaughtError
  | TypeParam
  | TypeVar;

/** An operation that a type has to support. */
export interface Need {
  readonly what: "add" | "arithmetic" | "order" | "negate" | "length" | "cast" | "integer" | "number";
  /** The operator as written, or the name of a built-in. */
  readonly op: string;
  /** Where it stands. */
  readonly at: Span;
  /** Where to report: the same, or the place where a function is used. */
  readonly span: Span;
  /** The target of a cast. */
  readonly to: Type | null;
  /** The function whose body asks, once its scheme is used elsewhere. */
  readonly fn: string | null;
}

/** Unsuffixed integer literals that have one type, as a linked list so that joining two sets is one step. */
export interface Literals {
  least: bigint;
  greatest: bigint;
  readonly first: LiteralNode;
  last: LiteralNode;
  /** They also fix the type variable of a call, or come first in an array: f64 is then too late. */
  whole: boolean;
}
export interface LiteralNode {
  /** With its sign. */
  readonly value: bigint;
  readonly span: Span;
  next: LiteralNode | null;
}

export class TypeVar {
  readonly kind = "var";
  /** What it stands for. */
  to: Type | null = null;
  literals: Literals | null = null;
  needs: Need[] | null = null;
  waiting: (() => void)[] | null = null;
  /** What has to be known first: the type of a field follows that of the value before the dot. */
  follows: Type | null = null;
  constructor(
    public level: number,
    /** Known to be the type of a value; else it may turn out to be void. */
    public valued = true,
  ) {}
}

export const ANY: Type = { kind: "any" };
export const RANGE: Type = { kind: "range" };
export const CAUGHT: Type = { kind: "caught" };

/** Whether nothing inside can change. Such a type is one object, so comparing them is comparing references. */
export const isClosed = (type: Type): boolean => {
  switch (type.kind) {
    case "array":
    case "fn":
    case "enum":
      return type.closed;
    // An error type is equal to everything, so what holds one is no object of its own either.
    case "var":
    case "param":
    case "error":
      return false;
    default:
      return true;
  }
};

/** Closed types by what they are made of. */
const closedTypes = new WeakMap<Type, { array?: Type; enums?: Map<EnumSymbol, Type>; fns?: Map<Type, Type> }>();
const structs = new WeakMap<StructSymbol, Type>();
const plainEnums = new WeakMap<EnumSymbol, Type>();
/** The end of the parameters of a function, and the only key of a list without members. */
const END: Type = { kind: "void" };

const entry = (type: Type) => {
  let row = closedTypes.get(type);
  if (!row) closedTypes.set(type, (row = {}));
  return row;
};

export function arrayOf(element: Type): Type {
  const closed = isClosed(element);
  const make = (): Type => ({ kind: "array", element, closed });
  return closed ? (entry(element).array ??= make()) : make();
}

export function fnOf(params: readonly Type[], result: Type): FnOf {
  const closed = params.every(isClosed) && isClosed(result);
  const make = (): FnOf => ({ kind: "fn", params, result, closed });
  if (!closed) return make();
  // A path of maps: from the result along the parameters.
  let at = result;
  for (const param of [...params, END]) {
    const row = entry(at);
    row.fns ??= new Map();
    let next = row.fns.get(param);
    if (!next) row.fns.set(param, (next = param === END ? make() : { kind: "void" }));
    at = next;
  }
  return at as FnOf;
}

export function enumOf(decl: EnumSymbol, args: readonly Type[]): Type {
  const closed = args.every(isClosed);
  const make = (): Type => ({ kind: "enum", decl, args, closed });
  if (!closed) return make();
  if (args.length === 0) {
    let plain = plainEnums.get(decl);
    if (!plain) plainEnums.set(decl, (plain = make()));
    return plain;
  }
  const row = entry(args.length === 1 ? args[0]! : fnOf(args, END));
  row.enums ??= new Map();
  let found = row.enums.get(decl);
  if (!found) row.enums.set(decl, (found = make()));
  return found;
}

export function structOf(decl: StructSymbol): Type {
  let type = structs.get(decl);
  if (!type) structs.set(decl, (type = { kind: "struct", decl }));
  return type;
}

/** Types are nested without end only in programs made to be so; beyond this nobody follows. */
const DEEPEST = 1000;
export class TooDeep extends Error {}
/** Counts a step of a walk into a type. */
export function into(depth: number): number {
  if (depth > DEEPEST) throw new TooDeep();
  return depth + 1;
}

/** What the type is at present: a variable that stands for something is replaced by it. */
export function prune(type: Type): Type {
  if (type.kind !== "var" || type.to === null) return type;
  let root: Type = type.to;
  while (root.kind === "var" && root.to !== null) root = root.to;
  // Later searches are short.
  let v: Type = type;
  while (v.kind === "var" && v.to !== null && v.to !== root) {
    const next: Type = v.to;
    v.to = root;
    v = next;
  }
  return root;
}

const named = (type: Type, ...names: PrimName[]): boolean => type.kind === "prim" && names.includes(type.name);
export const isPrim = (type: Type, name: PrimName): boolean => type.kind === "prim" && type.name === name;
export const isNumber = (type: Type): boolean => named(type, "i32", "i64", "u32", "u64", "f64");
export const isWhole = (type: Type): boolean => named(type, "i32", "i64", "u32", "u64");
export const isUnsignedWhole = (type: Type): boolean => named(type, "u32", "u64");

/** How much of a type a message shows. */
const SHOWN = 120;

/** The type as programs write it; open variables as `_`. */
export function show(type: Type): string {
  const parts: string[] = [];
  let length = 0;
  const put = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const walk = (t: Type): void => {
    const p = prune(t);
    if (length > SHOWN) {
      if (parts[parts.length - 1] !== "...") put("...");
      return;
    }
    switch (p.kind) {
      case "prim":
      case "param":
        put(p.name);
        return;
      case "array":
        put("[");
        walk(p.element);
        put("]");
        return;
      case "fn":
        put("fn(");
        list(p.params);
        put(")");
        if (prune(p.result).kind !== "void") {
          put(" -> ");
          walk(p.result);
        }
        return;
      case "struct":
        put(p.decl.name);
        return;
      case "enum":
        put(p.decl.name);
        if (p.args.length === 0) return;
        put("[");
        list(p.args);
        put("]");
        return;
      case "range":
        put("range iterator");
        return;
      case "caught":
        put("error");
        return;
      case "var":
        put(p.literals ? ownType(p.literals) : "_");
        return;
      default:
        put(p.kind);
    }
  };
  const list = (types: readonly Type[]): void => {
    types.forEach((t, i) => {
      if (i > 0) put(", ");
      walk(t);
    });
  };
  walk(type);
  return parts.join("");
}

/** The name of the type that literals have by themselves: the first that holds all (core 6). */
export function ownType(literals: Literals): "i32" | "i64" | "u64" {
  const { least, greatest } = literals;
  if (least >= -(2n ** 31n) && greatest < 2n ** 31n) return "i32";
  return least >= 0n && greatest >= 2n ** 63n && greatest < 2n ** 64n ? "u64" : "i64";
}

/** "an `i32`", "a `[string]`", "an error value". */
export function article(type: Type): string {
  const p = prune(type);
  if (p.kind === "caught") return "an error value";
  if (p.kind === "range") return "a range iterator";
  if (p.kind === "var" && !p.literals) return "a value of unknown type";
  const text = show(p);
  return `${/^[aeioAEIO]/.test(text) || text.startsWith("f64") ? "an" : "a"} \`${text}\``;
}
