/**
 * The table of visible names: which declaration a name means at the current place of the walk (core 8).
 *
 * One map from names to the innermost binding; a binding remembers the one it hides, so a lookup costs one map access
 * whatever the depth, and leaving a scope restores what its names hid. The table also keeps what a good message about
 * an unknown name needs: every declaration that was ever made. Scopes also hold what branches.ts knows about plain
 * declarations that outlive their block.
 */
import type { Scope as BranchScope } from "../analysis/branches.js";
import type { FnSymbol } from "../analysis/symbols.js";
import type { Span } from "../source/span.js";
import type { Block, IfStmt } from "../syntax/ast.js";
import type { Known } from "./symbols.js";

export type ScopeKind = BranchScope["kind"] | "try" | "catch" | "match" | "block";

/** A declaration as messages speak about it. */
export interface Declared {
  readonly name: string;
  /** Where the name is bound: for an imported one, in the `use`. */
  readonly decl: Span;
  readonly symbol: Known;
  readonly scope: ScopeKind;
  /** Function around it; null at module level. */
  readonly owner: FnSymbol | null;
}

export interface Binding extends Declared {
  readonly within: Scope;
  readonly hides: Binding | null;
}

/** A scope; to branches.ts the kinds that it does not know are bodies like that of a `for`. */
export interface Scope extends BranchScope {
  readonly is: ScopeKind;
  /** What it declares. */
  readonly names: string[];
}

/** Whether the scope is `inner` or one around it. */
export function encloses(scope: BranchScope, inner: BranchScope): boolean {
  for (let at: BranchScope | null = inner; at; at = at.parent) if (at === scope) return true;
  return false;
}

export class Scopes {
  private readonly bindings = new Map<string, Binding | null>();
  private readonly declarations = new Map<string, Binding[]>();
  private scope: Scope | null = null;

  /** The innermost scope. */
  get current(): Scope {
    return this.scope!;
  }

  enter(is: ScopeKind, block: Block | null, statement: IfStmt | null = null): void {
    const kind = is === "try" || is === "catch" || is === "match" || is === "block" ? "for" : is;
    this.scope = { is, kind, parent: this.scope, names: [], block, statement, families: null };
  }

  leave(): void {
    const scope = this.scope!;
    this.scope = scope.parent as Scope | null;
    for (let i = scope.names.length - 1; i >= 0; i--) {
      const name = scope.names[i]!;
      this.bindings.set(name, this.bindings.get(name)!.hides);
    }
  }

  /** Declares in the innermost scope; hides what the name meant. An imported name may differ from the symbol's. */
  declare(symbol: Known, owner: FnSymbol | null, name = symbol.name, decl = symbol.decl): void {
    const scope = this.scope!;
    scope.names.push(name);
    const hides = this.bindings.get(name) ?? null;
    const declared: Binding = { name, decl, symbol, scope: scope.is, owner, within: scope, hides };
    this.bindings.set(name, declared);
    const list = this.declarations.get(name);
    if (list) list.push(declared);
    else this.declarations.set(name, [declared]);
  }

  lookup(name: string): Binding | null {
    return this.bindings.get(name) ?? null;
  }

  /** What the innermost scope itself declares under this name. */
  own(name: string): Binding | null {
    const binding = this.bindings.get(name);
    return binding && binding.within === this.scope ? binding : null;
  }

  /** Every declaration of the name so far, visible or not. */
  declared(name: string): readonly Binding[] {
    return this.declarations.get(name) ?? [];
  }

  /** Everything visible now. Only for messages: it walks all names. */
  *visible(): Generator<Binding> {
    for (const binding of this.bindings.values()) if (binding) yield binding;
  }
}
