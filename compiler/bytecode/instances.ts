/**
 * The functions of a chunk: instances of the program's functions, in the order in which the lowering asks for them.
 *
 * An instance is a function with representations for its type parameters, its group's and those of the functions around
 * it. A function that is used as a value has a second form for that: its first parameter is the closure, out of which it
 * takes what the function captures. A direct call passes what is captured as leading arguments instead ("lambda lifting"), so
 * functions inside of functions cost nothing to make.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { type Rep, type Type, VOID } from "../analysis/types.js";
import type { TypeParam } from "../infer/types.js";
import { type Env, repIn } from "./run-types.js";

/** What a captured variable is passed as. */
export interface Unit {
  readonly symbol: VarSymbol;
  /** Its value, its cell, or the flag that says that it has a value (of a variable in a cell: the flag's cell). */
  readonly is: "value" | "cell" | "flag";
  readonly rep: Rep;
}

export interface Instance {
  readonly index: number;
  readonly fn: FnSymbol;
  readonly env: Env;
  /** Called through a closure. */
  readonly isValue: boolean;
  /** Representations of the declared parameters, and of the result; null: none. */
  readonly params: readonly Rep[];
  readonly result: Rep | null;
  /** What is captured, in the order of arguments or closure slots. */
  readonly units: readonly Unit[];
}

export class Instances {
  /** By index, from 1 on: 0 is the main module's code, then come the other modules'. */
  readonly list: Instance[] = [];
  private readonly known = new Map<FnSymbol, Map<string, Instance>>();

  constructor(
    private readonly first: number,
    /** Variables whose value is known beforehand are not captured. */
    private readonly isConstant: (v: VarSymbol) => boolean,
  ) {}

  /** The instance of a function for a use inside of `env`. `args`: its type arguments there. */
  of(fn: FnSymbol, args: readonly Type[] | undefined, around: Env, isValue = false): Instance {
    const own = fn.scheme?.params ?? [];
    const env = new Map<TypeParam, Rep | null>();
    for (let outer = fn.owner; outer; outer = outer.owner)
      for (const p of outer.scheme?.params ?? []) env.set(p, around.get(p) ?? null);
    own.forEach((p, i) => {
      const arg = args?.[i];
      env.set(p, arg ? repIn(arg, around) : (around.get(p) ?? null));
    });
    return this.with(fn, env, isValue);
  }

  /** The form for direct calls of a function that is used as a value. */
  like(value: Instance): Instance {
    return this.with(value.fn, value.env, false);
  }

  private with(fn: FnSymbol, env: Env, isValue: boolean): Instance {
    const key = `${isValue} ${[...env.values()].join()}`;
    let instances = this.known.get(fn);
    if (!instances) this.known.set(fn, (instances = new Map()));
    let found = instances.get(key);
    if (!found) {
      const params = fn.params.map((p) => repIn(p.type, env)!);
      const result = repIn(fn.result ?? VOID, env);
      // Not before it is asked for: what is constant turns out while the code around is lowered.
      let units: readonly Unit[] | null = null;
      const captured = (): readonly Unit[] => (units ??= this.unitsOf(fn, env));
      found = {
        index: this.first + this.list.length,
        fn,
        env,
        isValue,
        params,
        result,
        get units() {
          return captured();
        },
      };
      instances.set(key, found);
      this.list.push(found);
    }
    return found;
  }

  private unitsOf(fn: FnSymbol, env: Env): Unit[] {
    return (fn.captures ?? [])
      .filter((v) => !this.isConstant(v))
      .flatMap((symbol): Unit[] => {
        const inCell = symbol.cell === true;
        const value: Unit = inCell
          ? { symbol, is: "cell", rep: "ref" }
          : { symbol, is: "value", rep: repIn(symbol.type, env)! };
        return needsFlag(symbol) ? [value, { symbol, is: "flag", rep: inCell ? "ref" : "bool" }] : [value];
      });
  }
}

/** Whether a local variable is accompanied by what says that it has a value. */
export const needsFlag = (v: VarSymbol): boolean => v.mayLackValue || (v.captured === true && v.mayBeReadEarly);
