/**
 * What the program does with its names: gathered in one walk, read by the rules about unused, unchanged and computed
 * things. Works on a tree that analysis has finished; names without a symbol are skipped, so a construct that analysis
 * knows little about gives no facts and therefore no warnings.
 */
import type { CheckedModule } from "../analysis/checked.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Span } from "../source/span.js";
import type { BindStmt, Expr, FnStmt, Name, Param } from "../syntax/ast.js";
import { targetsOf, walk } from "./walk.js";

/** A variable and the place that declares it. */
export interface Declared {
  readonly symbol: VarSymbol;
  readonly name: Name;
  /** The statement, where it is a plain declaration. */
  readonly bind: BindStmt | null;
}
export interface Func {
  readonly symbol: FnSymbol;
  readonly node: FnStmt;
  /** At module level, not in a block of it. */
  readonly top: boolean;
}

export interface Facts {
  /** In source order; a variable that several branches declare counts once. */
  readonly variables: readonly Declared[];
  /** Without methods. */
  readonly functions: readonly Func[];
  readonly read: ReadonlySet<VarSymbol>;
  /** Where a variable is given a value after its first declaration. */
  readonly writes: ReadonlyMap<VarSymbol, readonly Span[]>;
  /** Values that a variable is given, its first one included; of `x += e` the right side. */
  readonly values: ReadonlyMap<VarSymbol, readonly Given[]>;
  /** Functions that a body refers to; null is module-level code. */
  readonly refers: ReadonlyMap<FnSymbol | null, ReadonlySet<FnSymbol>>;
}
export interface Given {
  readonly value: Expr;
  readonly compound: boolean;
}

const inMap = <K, V>(map: Map<K, V[]>, key: K): V[] => {
  const list = map.get(key) ?? [];
  if (list.length === 0) map.set(key, list);
  return list;
};

export function factsOf({ module }: CheckedModule): Facts {
  const variables = new Map<VarSymbol, Declared>();
  const functions: Func[] = [];
  const read = new Set<VarSymbol>();
  const writes = new Map<VarSymbol, Span[]>();
  const values = new Map<VarSymbol, Given[]>();
  const refers = new Map<FnSymbol | null, Set<FnSymbol>>([[null, new Set()]]);
  /** Functions around the walk. Anonymous ones belong to what they stand in, methods to the module: any code may call them. */
  const owners: (FnSymbol | null)[] = [null];
  let depth = 0;
  const methods = new Set<FnStmt>();

  const declare = (symbol: VarSymbol | null | undefined, name: Name, bind: BindStmt | null = null): void => {
    if (symbol && !variables.has(symbol)) variables.set(symbol, { symbol, name, bind });
  };
  const parameters = (params: readonly Param[]): void => {
    for (const p of params) declare(p.symbol, p.name);
  };
  const refer = (symbol: FnSymbol): void => void refers.get(owners[owners.length - 1]!)!.add(symbol);

  walk(module.body, {
    statement(s) {
      for (const target of targetsOf(s)) {
        if (!target.symbol) continue;
        // Branches may declare the same variable again.
        if (target.declares === false || variables.has(target.symbol))
          inMap(writes, target.symbol).push(target.name.span);
        else declare(target.symbol, target.name, s.kind === "bind" ? s : null);
        if (s.kind === "bind") inMap(values, target.symbol).push({ value: s.value, compound: false });
      }
      if (s.kind === "for") declare(s.symbol, s.variable);
      else if (s.kind === "try" && s.name) declare(s.symbol, s.name);
      else if (s.kind === "compound" && s.symbol && !s.place) {
        inMap(writes, s.symbol).push(s.target.span);
        inMap(values, s.symbol).push({ value: s.value, compound: true });
      } else if (s.kind === "fn" && s.symbol) {
        parameters(s.params);
        const method = methods.has(s);
        owners.push(method ? null : s.symbol);
        if (!method) {
          refers.set(s.symbol, new Set());
          functions.push({ symbol: s.symbol, node: s, top: depth === 0 });
        }
      } else if (s.kind === "impl") {
        for (const method of s.methods) methods.add(method);
      }
      return undefined;
    },
    left(s) {
      if (s.kind === "fn" && s.symbol) owners.pop();
    },
    expression(e) {
      if (e.kind === "fn") parameters(e.params);
      else if (e.kind === "name" && e.symbol?.kind === "var") read.add(e.symbol);
      else if (e.kind === "name" && e.symbol?.kind === "fn") refer(e.symbol);
      else if (e.kind === "call" && e.fn) refer(e.fn);
      return undefined;
    },
    enter(_, owner) {
      if (owner.kind === "impl") return true;
      depth++;
      if (owner.kind === "match") {
        for (const arm of owner.arms) for (const [name, symbol] of boundBy(arm)) declare(symbol, name);
      }
      return true;
    },
    leave(_, owner) {
      if (owner.kind !== "impl") depth--;
    },
  });
  return { variables: [...variables.values()], functions, read, writes, values, refers };
}

/** The variables of an arm's pattern, with the names that declare them. */
export function boundBy(arm: { readonly bindings?: readonly (VarSymbol | null)[] | null }): [Name, VarSymbol][] {
  return (arm.bindings ?? []).flatMap((symbol): [Name, VarSymbol][] =>
    symbol ? [[{ text: symbol.name, span: symbol.decl }, symbol]] : [],
  );
}
