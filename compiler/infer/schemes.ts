/**
 * General types of functions (Hindley-Milner with levels). When a group of functions that need each other is inferred,
 * the variables that nothing outside refers to become type parameters, shared by the whole group; each use outside of the
 * group stands for fresh variables, which inherit the operators that the bodies need.
 */
import type { Type } from "../analysis/types.js";
import type { Span } from "../source/span.js";
import { arrayOf, enumOf, type FnOf, fnOf, isClosed, type Need, prune, type TypeParam } from "./types.js";
import type { Unifier } from "./unify.js";

export interface Scheme {
  /** Type parameters of the group in the order of `typeArgs` at uses; none of a function that is not generic. */
  readonly params: readonly TypeParam[];
  readonly type: FnOf;
}

/** Type parameters for what is open in the types of a group, inside of `level`. */
export function generalise(types: readonly FnOf[], level: number): TypeParam[] {
  const params: TypeParam[] = [];
  const walk = (type: Type): void => {
    const t = prune(type);
    switch (t.kind) {
      case "var": {
        if (t.level <= level) return;
        const param: TypeParam = {
          kind: "param",
          name: letter(params.length),
          needs: t.needs ?? [],
          valued: t.valued,
        };
        params.push(param);
        t.needs = null;
        t.to = param;
        return;
      }
      case "array":
        if (!t.closed) walk(t.element);
        return;
      case "fn":
        if (t.closed) return;
        for (const p of t.params) walk(p);
        walk(t.result);
        return;
      case "enum":
        if (!t.closed) for (const arg of t.args) walk(arg);
        return;
      default:
        return;
    }
  };
  for (const type of types) walk(type);
  return params;
}

const letter = (i: number): string => (i < 7 ? "TUVWXYZ"[i]! : `T${i}`);

/** A use of a general function: its type with fresh variables, which are answered too. */
export function instantiate(
  scheme: Scheme,
  fn: string,
  at: Span,
  unifier: Unifier,
): { readonly type: FnOf; readonly args: readonly Type[] } {
  const { params, type } = scheme;
  if (params.length === 0) return { type, args: [] };
  const args = params.map((p) => {
    const v = unifier.fresh(p.valued);
    // What a nested function needed of a function inside of it is said of the outer one.
    if (p.needs.length > 0) v.needs = p.needs.map((need): Need => ({ ...need, span: at, fn }));
    return v;
  });
  const map = new Map<Type, Type>(params.map((p, i) => [p, args[i]!]));
  return { type: substitute(type, map) as FnOf, args };
}

/** The type with parameters replaced; what has none is shared. */
export function substitute(type: Type, map: ReadonlyMap<Type, Type>): Type {
  if (map.size === 0) return type;
  const t = prune(type);
  if (isClosed(t)) return t;
  switch (t.kind) {
    case "param":
      return map.get(t) ?? t;
    case "array":
      return arrayOf(substitute(t.element, map));
    case "fn":
      return fnOf(
        t.params.map((p) => substitute(p, map)),
        substitute(t.result, map),
      );
    case "enum":
      return enumOf(
        t.decl,
        t.args.map((arg) => substitute(arg, map)),
      );
    default:
      return t;
  }
}

/** The type when inference is over: what nothing has decided is `any`. */
export function final(type: Type, nothing: Type): Type {
  const t = prune(type);
  if (t.kind === "var") return nothing;
  if (isClosed(t)) return t;
  switch (t.kind) {
    case "array":
      return arrayOf(final(t.element, nothing));
    case "fn":
      return fnOf(
        t.params.map((p) => final(p, nothing)),
        final(t.result, nothing),
      );
    case "enum":
      return enumOf(
        t.decl,
        t.args.map((arg) => final(arg, nothing)),
      );
    default:
      return t;
  }
}
