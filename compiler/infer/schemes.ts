/**
 * General types of functions (Hindley-Milner with levels). When a group of functions that need each other is inferred,
 * the variables that nothing outside refers to become type parameters, shared by the whole group; each use outside of the
 * group stands for fresh variables, which inherit the operators that the bodies need.
 */
import type { Type } from "../analysis/types.js";
import type { Span } from "../source/span.js";
import { arrayOf, enumOf, type FnOf, fnOf, into, isClosed, type Need, prune, type TypeParam } from "./types.js";
import type { Unifier } from "./unify.js";

export interface Scheme {
  /** Type parameters of the group in the order of `typeArgs` at uses; none of a function that is not generic. */
  readonly params: readonly TypeParam[];
  readonly type: FnOf;
}

/** Type parameters for what is open in the types of a group, inside of `level`. */
export function generalise(types: readonly FnOf[], level: number): TypeParam[] {
  const params: TypeParam[] = [];
  const seen = new Set<Type>();
  const walk = (type: Type, depth: number): void => {
    const t = prune(type);
    if (t.kind !== "var" && (isClosed(t) || seen.has(t))) return;
    const inside = into(depth);
    seen.add(t);
    switch (t.kind) {
      case "var": {
        if (t.level <= level) return;
        const first = t.follows && prune(t.follows);
        if (first && first.kind === "var" && first.level <= level) {
          t.level = first.level;
          return;
        }
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
        walk(t.element, inside);
        return;
      case "fn":
        for (const p of t.params) walk(p, inside);
        walk(t.result, inside);
        return;
      case "enum":
        for (const arg of t.args) walk(arg, inside);
        return;
      default:
        return;
    }
  };
  for (const type of types) walk(type, 0);
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
  return map.size === 0 ? type : rebuild(type, (leaf) => map.get(leaf) ?? leaf, new Map(), 0);
}

/**
 * The type when inference is over: what nothing has decided is `nothing`. `known`: what was answered before, since types
 * share their parts.
 */
export function final(type: Type, nothing: Type, known: Map<Type, Type> = new Map()): Type {
  return rebuild(type, (leaf) => (leaf.kind === "var" ? nothing : leaf), known, 0);
}

function rebuild(type: Type, leaf: (t: Type) => Type, known: Map<Type, Type>, depth: number): Type {
  const t = prune(type);
  if (isClosed(t)) return t;
  const found = known.get(t);
  if (found) return found;
  const inside = into(depth);
  const part = (p: Type): Type => rebuild(p, leaf, known, inside);
  let made: Type;
  switch (t.kind) {
    case "array":
      made = arrayOf(part(t.element));
      break;
    case "fn":
      made = fnOf(t.params.map(part), part(t.result));
      break;
    case "enum":
      made = enumOf(t.decl, t.args.map(part));
      break;
    default:
      return leaf(t);
  }
  known.set(t, made);
  return made;
}
