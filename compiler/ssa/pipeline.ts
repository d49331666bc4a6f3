/**
 * The order of the passes and why; `optimise` runs them.
 */
import type { Context } from "./context.js";
import type { Func } from "./ir.js";
import { dce } from "./passes/dce.js";
import { gvn } from "./passes/gvn.js";
import { inline } from "./passes/inline.js";
import { layout } from "./passes/layout.js";
import { licm } from "./passes/licm.js";
import { params } from "./passes/params.js";
import { ranges } from "./passes/ranges.js";
import { simplify } from "./passes/simplify.js";
import { print } from "./print.js";

/** Called after each pass; `text` prints the function as it is then. `f` allows tests to verify it. */
export type Watch = (pass: string, text: () => string, f: Func, hits: number) => void;

export interface Pass {
  readonly name: string;
  readonly run: (f: Func, context: Context) => number;
  /** Lowest level that runs it. */
  readonly level: 0 | 1 | 2;
  readonly why: string;
}

/** Order is meaning: each row says why it stands where it does. */
export const PASSES: readonly Pass[] = [
  {
    name: "params",
    run: params,
    level: 0,
    why: "the builder makes a parameter of every live register; everything later would carry them",
  },
  { name: "simplify", run: simplify, level: 0, why: "folds what the builder left; makes later patterns few" },
  { name: "dce", run: dce, level: 1, why: "inline measures sizes, and would copy dead values into frame states" },
  {
    name: "inline",
    run: inline,
    level: 1,
    why: "after the caller is small, before the passes that profit from known arguments",
  },
  { name: "params", run: params, level: 1, why: "a result parameter with one return is that value" },
  { name: "simplify", run: simplify, level: 1, why: "arguments of inlined calls are known now" },
  { name: "gvn", run: gvn, level: 1, why: "one value for equal operations; needs simplify's one form of each" },
  { name: "ranges", run: ranges, level: 1, why: "after gvn: a fact about one value is a fact about all equal ones" },
  { name: "simplify", run: simplify, level: 1, why: "decides branches on comparisons that ranges knows" },
  { name: "licm", run: licm, level: 1, why: "after ranges, or checks hold operations in the loop" },
  { name: "params", run: params, level: 1, why: "preheaders have copies of parameters that are one value" },
  { name: "dce", run: dce, level: 0, why: "the passes above relink and leave the old values behind" },
  { name: "layout", run: layout, level: 0, why: "last: no block may appear after this" },
];
/** Pairs that must stand in this order. */
export const MUST_PRECEDE: readonly (readonly [string, string])[] = [
  ["inline", "simplify"],
  ["inline", "params"],
  ["gvn", "ranges"],
  ["inline", "ranges"],
  ["ranges", "simplify"],
  ["simplify", "licm"],
  ["licm", "dce"],
  ["dce", "layout"],
];

/** Throws if the order of `passes` breaks a pair. */
export function checkOrder(passes: readonly Pass[], pairs: readonly (readonly [string, string])[]): void {
  for (const [first, second] of pairs) {
    const last = passes.map((p) => p.name).lastIndexOf(first);
    const at = passes.map((p) => p.name).lastIndexOf(second);
    if (last < 0 || at < 0 || last > at) throw new Error(`pass ${first} must precede ${second}`);
  }
}
checkOrder(PASSES, MUST_PRECEDE);

/** Runs the passes of the level. */
export function optimise(f: Func, context: Context, watch?: Watch): void {
  for (const pass of PASSES) {
    if (pass.level > context.level) continue;
    const hits = pass.run(f, context);
    watch?.(pass.name, () => print(f), f, hits);
  }
}
