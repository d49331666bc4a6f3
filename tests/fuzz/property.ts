/**
 * The property of tests/fuzz/tiers.test.ts and of `npm run fuzz`: a random well-typed program does the same in every
 * tier. The program comes from a list of numbers (generate.ts), so fast-check shrinks a difference to a small program.
 */
import fc from "fast-check";
import { compiled, type Seen, type Tiers } from "../support/tiers.js";

/** Enough for every loop that ends by itself, few enough that none runs for ever. */
export const FUEL = 200_000;
const FORCED_SITES = 3;

/** Numbers for `generate`: long lists, and not biased to short ones, or most programs would be a handful of defaults. */
export const entropy = fc.noBias(fc.array(fc.nat({ max: 999 }), { minLength: 20, maxLength: 1_200, size: "max" }));

/** A line for each tier that differs from the interpreter; none when they agree. */
export function differences(text: string, tiers: Tiers, seed: number): string[] {
  const p = compiled(text);
  if ("rejected" in p) return [`the checker rejects it: ${p.rejected.join()}`];
  const limits = { fuel: FUEL };
  let state = seed >>> 0;
  const pick = (n: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  const expected = tiers.interp(p, limits);
  const found: string[] = [];
  const look = (name: string, run: () => Seen): void => {
    let got: Seen;
    try {
      got = run();
    } catch (e) {
      found.push(`${name} fails: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}`);
      return;
    }
    if (same(got, expected)) return;
    found.push(`${name}: ${show(got)}\n  interp: ${show(expected)}`);
  };
  look("jit, threshold 1", () => tiers.jit(p, 1, limits));
  look("jit, threshold 5", () => tiers.jit(p, 5, limits));
  look("aot", () => tiers.aot(p, limits));
  const hostile = { ...limits, hostile: true };
  look("hostile interp", () => tiers.interp(p, hostile));
  look("hostile jit", () => tiers.jit(p, 1, hostile));
  look("hostile aot", () => tiers.aot(p, hostile));
  try {
    for (const { name, seen } of tiers.forced(p, FORCED_SITES, pick, limits)) look(name, () => seen);
  } catch (e) {
    found.push(`forced fails: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}`);
  }
  return found;
}

const same = (a: Seen, b: Seen): boolean =>
  a.out === b.out && a.exit === b.exit && a.error === b.error && a.fault === undefined;

/** The end of the output is where tiers part. */
const show = (s: Seen): string =>
  `exit ${s.exit}, ${s.error ?? "no error"}, ${s.out.length} bytes ending in ${JSON.stringify(s.out.slice(-100))}${s.fault ? `, ${s.fault}` : ""}`;

/** A program with line numbers and what differs, for a person to read. */
export const report = (text: string, found: readonly string[]): string => `${text}\n${found.join("\n")}`;

/** Fails with the program and the differences. `make`: scalars and strings, or objects (generate-objects.ts). */
export function agree(numbers: readonly number[], tiers: Tiers, make: (numbers: readonly number[]) => string): void {
  const text = make(numbers);
  const found = differences(text, tiers, numbers.length);
  if (found.length > 0) throw new Error(report(text, found));
}
