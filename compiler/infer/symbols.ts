/** What names stand for besides variables and functions: types and modules; and what modules show of themselves. */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Type } from "../analysis/types.js";
import type { Span } from "../source/span.js";
import type { EnumStmt, Expr, StructStmt } from "../syntax/ast.js";
import type { TypeParam } from "./types.js";

export interface FieldSymbol {
  readonly name: string;
  readonly decl: Span;
  /** Set when the types of the module are declared. */
  type: Type;
  /** What a literal without it gets: evaluated afresh each time. */
  readonly value: Expr | null;
  readonly index: number;
  /** The length that `[T, N]` declares. */
  length: Length | null;
}
/** A declared array length, and where. */
export interface Length {
  readonly count: bigint;
  readonly at: Span;
}
export interface StructSymbol {
  readonly kind: "struct";
  readonly name: string;
  readonly decl: Span;
  readonly owner: null;
  readonly node: StructStmt;
  readonly fields: FieldSymbol[];
  /** Of all `impl` blocks. */
  readonly methods: Map<string, FnSymbol>;
}
export interface VariantSymbol {
  readonly name: string;
  readonly decl: Span;
  readonly index: number;
  /** Types of the payload, over the parameters of the enum. */
  payload: readonly { readonly name: string | null; readonly type: Type; readonly length: Length | null }[];
}
export interface EnumSymbol {
  readonly kind: "enum";
  readonly name: string;
  readonly decl: Span;
  readonly owner: null;
  /** null: predeclared. */
  readonly node: EnumStmt | null;
  readonly params: readonly TypeParam[];
  readonly variants: VariantSymbol[];
}
/** A name bound by `use`. */
export interface NamespaceSymbol {
  readonly kind: "module";
  readonly name: string;
  readonly decl: Span;
  readonly owner: null;
  /** null: the module could not be read, so everything in it is accepted. */
  readonly exports: Exports | null;
}
/** A name imported from a module that could not be read: whatever it is, it is accepted. */
export interface MissingSymbol {
  readonly kind: "missing";
  readonly name: string;
  readonly decl: Span;
  readonly owner: null;
}

/** A declaration of a program. */
export type Known = VarSymbol | FnSymbol | StructSymbol | EnumSymbol | NamespaceSymbol | MissingSymbol;
/** What may be exported. */
export type Exported = VarSymbol | FnSymbol | StructSymbol | EnumSymbol;

/** The names of a module that others may ask for. */
export interface Exports {
  /** As in `use a.b`. */
  readonly module: string;
  readonly names: Map<string, Exported>;
  /** Declared at module level without `pub`. */
  readonly hidden: Map<string, Exported>;
}

/** What a member expression or a struct literal turned out to mean. */
export type Resolved =
  | { readonly kind: "field"; readonly field: FieldSymbol }
  | { readonly kind: "method"; readonly fn: FnSymbol }
  | { readonly kind: "static"; readonly fn: FnSymbol }
  | { readonly kind: "variant"; readonly decl: EnumSymbol; readonly variant: VariantSymbol }
  | { readonly kind: "export"; readonly symbol: VarSymbol | FnSymbol }
  | { readonly kind: "type"; readonly symbol: StructSymbol | EnumSymbol }
  | { readonly kind: "literal"; readonly decl: StructSymbol };
