/**
 * What names stand for after analysis. A symbol is one object per declaration, shared by all its uses.
 */

import type { Span } from "../source/span.js";
import type { FnStmt } from "../syntax/ast.js";
import type { Type } from "./types.js";

export interface VarSymbol {
  readonly kind: "var";
  readonly name: string;
  readonly decl: Span;
  type: Type;
  readonly role: "local" | "param" | "loop" | "constant";
  /** The function it belongs to; null: declared at module level (in any block of it). */
  readonly owner: FnSymbol | null;
  mutable: boolean;
  /** Some function refers to this module-level variable: it lives in the module bank, else in the frame of main. */
  usedInFunctions: boolean;
  /** Assigned again after its declaration (for a loop variable: assigned in the body). */
  assigned: boolean;
  /** A function that reads it may be called before its declaration has run: reads in functions are checked (E0018). */
  mayBeReadEarly: boolean;
  /** Declared by branches, and some read in its own function body may come before all of them: such reads are checked. */
  mayLackValue: boolean;
}
export interface FnSymbol {
  readonly kind: "fn";
  readonly name: string;
  readonly decl: Span;
  readonly node: FnStmt;
  readonly params: VarSymbol[];
  /** VOID when it has no result. */
  result: Type;
  /** Enclosing function, for nested ones. */
  readonly owner: FnSymbol | null;
}
export interface BuiltinSymbol {
  readonly kind: "builtin";
  readonly name: string;
}
export type Symbol = VarSymbol | FnSymbol | BuiltinSymbol;
