/**
 * The table of visible names: which declaration a name means at the current place of the walk (core 8).
 *
 * One map from names to the innermost binding; a binding remembers the one it hides, so a lookup costs one map access
 * whatever the depth, and leaving a scope restores what its names hid. The table also keeps what a good message about
 * an unknown name needs: every declaration that was ever made. Scopes also hold what branches.ts knows about plain
 * declarations that outlive their block.
 */
import type { Span } from "../source/span.js";
import type { Block, IfStmt } from "../syntax/ast.js";
import type { Family } from "./branches.js";
import type { FnSymbol, VarSymbol } from "./symbols.js";

export type ScopeKind = "module" | "function" | "for" | "if" | "while";

/** A declaration as messages speak about it. */
export interface Declared {
  readonly name: string;
  readonly decl: Span;
  readonly symbol: VarSymbol | FnSymbol;
  readonly scope: ScopeKind;
  /** Function around it; null at module level. */
  readonly owner: FnSymbol | null;
}

interface Binding {
  readonly symbol: VarSymbol | FnSymbol;
  readonly scope: Scope;
  readonly hides: Binding | null;
}

export interface Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | null;
  readonly names: string[];
  /** The body, of a scope that plain declarations inside its branches belong to; else null. */
  readonly block: Block | null;
  /** Of an arm: its `if`. */
  readonly statement: IfStmt | null;
  /** Of a scope with a `block`: what branches inside it declared, by name. */
  families: Map<string, Family> | null;
}

export class Scopes {
  private readonly bindings = new Map<string, Binding | null>();
  private readonly declarations = new Map<string, Declared[]>();
  private scope: Scope | null = null;

  /** The innermost scope. */
  get current(): Scope {
    return this.scope!;
  }

  enter(kind: ScopeKind, block: Block | null, statement: IfStmt | null = null): void {
    this.scope = { kind, parent: this.scope, names: [], block, statement, families: null };
  }

  leave(): void {
    const scope = this.scope!;
    this.scope = scope.parent;
    for (let i = scope.names.length - 1; i >= 0; i--) {
      const name = scope.names[i]!;
      this.bindings.set(name, this.bindings.get(name)!.hides);
    }
  }

  /** Declares in the innermost scope; hides what the name meant. */
  declare(symbol: VarSymbol | FnSymbol): void {
    const scope = this.scope!;
    scope.names.push(symbol.name);
    this.bindings.set(symbol.name, { symbol, scope, hides: this.bindings.get(symbol.name) ?? null });
    const declared: Declared = { name: symbol.name, decl: symbol.decl, symbol, scope: scope.kind, owner: symbol.owner };
    const list = this.declarations.get(symbol.name);
    if (list) list.push(declared);
    else this.declarations.set(symbol.name, [declared]);
  }

  lookup(name: string): VarSymbol | FnSymbol | null {
    return this.bindings.get(name)?.symbol ?? null;
  }

  /** What the innermost scope itself declares under this name. */
  own(name: string): VarSymbol | FnSymbol | null {
    const binding = this.bindings.get(name);
    return binding && binding.scope === this.scope ? binding.symbol : null;
  }

  /** Every declaration of the name so far, visible or not. */
  declared(name: string): readonly Declared[] {
    return this.declarations.get(name) ?? [];
  }

  /** Everything visible now. Only for messages: it walks all names. */
  *visible(): Generator<VarSymbol | FnSymbol> {
    for (const binding of this.bindings.values()) if (binding) yield binding.symbol;
  }
}
