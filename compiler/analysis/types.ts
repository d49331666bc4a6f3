/**
 * Types of the language as analysis sees them. `error` is compatible with everything, so one mistake never causes a
 * second one. An unsuffixed integer literal has no type here until its context decides (literals.ts, core 6). Types are
 * single objects: comparing names is comparing types.
 */
import type { Composite } from "../infer/types.js";

export type PrimName = "i32" | "i64" | "u32" | "u64" | "f64" | "bool" | "string";
export type Type =
  | { readonly kind: "prim"; readonly name: PrimName }
  | { readonly kind: "void" }
  | { readonly kind: "error" }
  | Composite;

export const I32: Type = { kind: "prim", name: "i32" };
export const I64: Type = { kind: "prim", name: "i64" };
export const U32: Type = { kind: "prim", name: "u32" };
export const U64: Type = { kind: "prim", name: "u64" };
export const F64: Type = { kind: "prim", name: "f64" };
export const BOOL: Type = { kind: "prim", name: "bool" };
export const STRING: Type = { kind: "prim", name: "string" };
export const VOID: Type = { kind: "void" };
export const ERROR: Type = { kind: "error" };
/**
 * Only during analysis: the type of a variable, or the result of a function, that has not been inferred so far. It is
 * compatible with everything, as ERROR is, but takes no part in deciding what an expression around it has as its type.
 */
export const PENDING: Type = { kind: "error" };

/** How a type lives in a register (ARCHITECTURE 2). */
export type Rep = "i32" | "u32" | "i64" | "u64" | "f64" | "bool" | "ref" | "any";

/** Whether a register may hold a reference: such ones have their own part of a window, which the collector looks at. */
export const mayRefer = (rep: Rep): boolean => rep === "ref" || rep === "any";

/** Register representation of a checked type. */
export function repOf(type: Type): Rep {
  if (type.kind !== "prim") throw new Error(`no representation: ${type.kind}`);
  return type.name === "string" ? "ref" : type.name;
}
export const typeName = (type: Type): string => (type.kind === "prim" ? type.name : type.kind);

/** `i32 i64 u32 u64`. */
export const isInteger = (type: Type): boolean =>
  type.kind === "prim" && (type.name === "i32" || type.name === "i64" || type.name === "u32" || type.name === "u64");
export const isNumeric = (type: Type): boolean => isInteger(type) || isNamed(type, "f64");
export const isNamed = (type: Type, name: PrimName): boolean => type.kind === "prim" && type.name === name;
