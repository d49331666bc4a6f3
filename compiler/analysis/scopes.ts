/**
 * The table of visible names: which declaration a name means at the current place of the walk (core 8).
 *
 * One map from names to the innermost binding; a binding remembers the one it hides, so a lookup costs one map access
 * whatever the depth, and leaving a scope restores what its names hid. The table also keeps what a good message about
 * an unknown name needs: every declaration that was ever made, and the plain declarations of branches, which the
 * language lets outlive their block (core 8.2) and this compiler does not support yet.
 */
import type { Span } from "../source/span.js";
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

/**
 * An arm of an `if`, or the body of a `while`, around a declaration. `open` and `ifOpen` follow the walk: an arm that
 * is closed while its `if` is still open means that the walk is in another arm.
 */
export interface Branch {
  readonly parent: Branch | null;
  readonly loop: boolean;
  open: boolean;
  readonly statement: { open: boolean };
}

/** A plain declaration of a branch that is over: a read of the name would mean this variable. */
export interface Outliving {
  readonly symbol: VarSymbol;
  readonly branch: Branch;
}
export interface OutlivingName {
  readonly list: Outliving[];
  reported: boolean;
}

interface Binding {
  readonly symbol: VarSymbol | FnSymbol;
  readonly scope: Scope;
  /** Declared by a plain `name = e`. */
  readonly plain: boolean;
  readonly hides: Binding | null;
}

interface Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | null;
  readonly names: string[];
  readonly branch: Branch | null;
  /** By name: what branches inside this scope declared. Only for scopes that such declarations belong to. */
  outliving: Map<string, OutlivingName> | null;
}

export class Scopes {
  private readonly bindings = new Map<string, Binding | null>();
  private readonly declarations = new Map<string, Declared[]>();
  private scope: Scope | null = null;

  enter(kind: ScopeKind, branch: Branch | null = null): void {
    this.scope = { kind, parent: this.scope, names: [], branch, outliving: null };
  }

  leave(): void {
    const scope = this.scope!;
    this.scope = scope.parent;
    for (let i = scope.names.length - 1; i >= 0; i--) {
      const name = scope.names[i]!;
      const binding = this.bindings.get(name)!;
      this.bindings.set(name, binding.hides);
      if (scope.branch && binding.plain && binding.symbol.kind === "var") this.outlive(scope.branch, binding.symbol);
    }
    if (scope.branch) scope.branch.open = false;
  }

  /** Declares in the innermost scope; hides what the name meant. */
  declare(symbol: VarSymbol | FnSymbol, plain = false): void {
    const scope = this.scope!;
    scope.names.push(symbol.name);
    this.bindings.set(symbol.name, { symbol, scope, plain, hides: this.bindings.get(symbol.name) ?? null });
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

  /** Branch declarations that a read of this otherwise unknown name would mean. */
  outliving(name: string): OutlivingName | null {
    for (let scope = this.scope; scope; scope = scope.parent) {
      const found = scope.outliving?.get(name);
      if (found) return found;
    }
    return null;
  }

  /** A declaration of a branch belongs to the nearest function body, `for` body or module. */
  private outlive(branch: Branch, symbol: VarSymbol): void {
    let scope = this.scope!;
    while (scope.kind === "if" || scope.kind === "while") scope = scope.parent!;
    scope.outliving ??= new Map();
    const known = scope.outliving.get(symbol.name);
    if (known) known.list.push({ symbol, branch });
    else scope.outliving.set(symbol.name, { list: [{ symbol, branch }], reported: false });
  }
}

/**
 * Whether the read can never see the value: it stands in another arm of an `if` that the declaration is in, and no
 * loop around that `if` could bring a value from an earlier round. (A `for` body ends the chain of branches: what it
 * declares is new in each round.)
 */
export function neverGiven(from: Outliving): boolean {
  let otherArm = false;
  for (let b: Branch | null = from.branch; b; b = b.parent) {
    if (b.loop) {
      if (otherArm) return false;
    } else if (!b.open && b.statement.open) otherArm = true;
  }
  return otherArm;
}
