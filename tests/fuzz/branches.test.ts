/**
 * Declarations in branches against the same programs without them, in the interpreter (the tiers are compared
 * elsewhere). In the other two programs each variable of branches is declared beforehand, with different values: where
 * these two differ, something was read that had no value, and the program must have ended there with E0018.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { inEngine, program, type Seen } from "../support/tiers.js";
import { generate } from "./generate.js";
import { entropy, FUEL, report } from "./property.js";

const PROGRAMS = 600;

const run = (text: string): Seen => inEngine(program(text), { engine: "interp", fuel: FUEL }, null);
const code = (seen: Seen): string | null => seen.error?.split(" ")[1] ?? null;
const OUT_OF_FUEL = "E0040";

test("a variable of branches is one declared before them, except that it has no value", () => {
  let missing = 0;
  let compared = 0;
  fc.assert(
    fc.property(entropy, (numbers) => {
      const text = generate(numbers);
      const own = run(text);
      const [first, second] = [run(generate(numbers, "first")), run(generate(numbers, "second"))];
      if ([own, first, second].some((seen) => code(seen) === OUT_OF_FUEL)) return;
      compared++;
      const same = (a: Seen, b: Seen): boolean => a.out === b.out && code(a) === code(b);
      const wrong: string[] = [];
      if (code(own) === "E0018") {
        missing++;
        if (!first.out.startsWith(own.out) || !second.out.startsWith(own.out)) wrong.push("printed before E0018");
      } else {
        if (!same(own, first)) wrong.push("the result");
        if (!same(first, second)) wrong.push("a read without a value goes unnoticed");
      }
      if (wrong.length > 0) throw new Error(report(text, [wrong.join(), generate(numbers, "first")]));
    }),
    // A failure shrinks for no longer than this.
    { seed: 20_261, numRuns: PROGRAMS, interruptAfterTimeLimit: 60_000 },
  );
  expect(compared).toBeGreaterThan(PROGRAMS / 2);
  expect(missing).toBeGreaterThan(20);
  expect(missing).toBeLessThan(compared / 2);
}, 120_000);
