/**
 * What analysis hands to the lowering. Everything about single nodes is left in the tree (`type`, `symbol`, `declares`,
 * `target`, `rangeType`, `fn`, `builtin`); this is only what cannot be found by walking it.
 *
 * Of a tree without errors every expression has a type that `repOf` knows, except calls of functions without a result
 * as statements and the callee's own name. A minus sign directly before an integer literal is part of it: both nodes
 * have the type of the pair, and only the pair's value is in its range (`-2147483648` is an i32).
 */
import type { EnumSymbol, StructSymbol } from "../infer/symbols.js";
import type { ExprStmt, Module, Stmt } from "../syntax/ast.js";
import type { FnSymbol, VarSymbol } from "./symbols.js";

export interface CheckedModule {
  readonly module: Module;
  /** Every function of the module in source order of its name, nested ones and ones in blocks included. */
  readonly functions: readonly FnSymbol[];
  /**
   * Every variable that module-level code declares (`owner` is null), in blocks too, loop variables included, in the
   * order of their declarations. The ones with `usedInFunctions` live in the module bank.
   */
  readonly variables: readonly VarSymbol[];
  readonly structs: readonly StructSymbol[];
  readonly enums: readonly EnumSymbol[];
}

export interface Checked {
  readonly modules: readonly CheckedModule[];
  /** The functions of all modules, in order. */
  readonly functions: readonly FnSymbol[];
  /**
   * Expression statements whose value is the implicit result of their function (types-and-modules 3.3): the lowering
   * returns the value there. Only functions with a result have any.
   */
  readonly implicitResults: ReadonlySet<ExprStmt>;
  /**
   * Variables that branches inside the statement declare for its block: before it they have no value (core 8.2). Each
   * time control comes there, again.
   */
  readonly unassigned: ReadonlyMap<Stmt, readonly VarSymbol[]>;
}
