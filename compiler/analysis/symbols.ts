/**
 * What names stand for after analysis. A symbol is one object per declaration, shared by all its uses.
 */

import type { Scheme } from "../infer/schemes.js";
import type { EnumSymbol, MissingSymbol, NamespaceSymbol, StructSymbol } from "../infer/symbols.js";
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
  /**
   * A function that reads it may be called before its declaration has run, or its module may end before: reads in functions
   * and in other modules are checked (E0018).
   */
  mayBeReadEarly: boolean;
  /** Where its declaration has run, as an offset in its file: a function that is called before finds no value. */
  complete?: number;
  /** Declared by branches, and some read in its own function body may come before all of them: such reads are checked. */
  mayLackValue: boolean;
  /** Declared by module-level code inside of a loop: a local of the round, which functions capture (types 21.12). */
  perRound?: boolean;
  /** A function that is not its owner refers to it; not said of module variables, which are accessed in place. */
  captured?: boolean;
  /** Captured and assigned again: it lives in a cell that is shared. Others are copied into closures. */
  cell?: boolean;
  /** The value of a constant that array lengths may name; `literal`: it is written as one, so fills may name it too. */
  constant?: { readonly value: bigint; readonly literal: boolean };
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
  /** The struct that it is a method or an associated function of. */
  of?: StructSymbol;
  /** It has `self` as its first parameter. */
  method?: boolean;
  /** Its general type, after its group has been inferred. */
  scheme?: Scheme;
  /** Variables of enclosing functions that it refers to, itself or through functions that it mentions. */
  captures?: VarSymbol[];
  /** Where it is first mentioned, if that is above its declaration. */
  early?: number;
}
export interface BuiltinSymbol {
  readonly kind: "builtin";
  readonly name: string;
}
export type Symbol = VarSymbol | FnSymbol | BuiltinSymbol | EnumSymbol | StructSymbol | NamespaceSymbol | MissingSymbol;
