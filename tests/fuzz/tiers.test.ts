/**
 * Random programs do the same in every tier. A fixed seed, so that the suite is the same each time; `npm run fuzz` goes on
 * from there. ORUS_FUZZ_SECONDS sets how long.
 */
import { expect, test } from "@jest/globals";
import binaryen from "binaryen";
import fc from "fast-check";
import { Tiers } from "../support/tiers.js";
import { generate } from "./generate.js";
import { generateObjects } from "./generate-objects.js";
import { agree, entropy } from "./property.js";

const SECONDS = Number(process.env.ORUS_FUZZ_SECONDS ?? "45") / 2;
/** More than a fast computer manages in that time. */
const MOST = 100_000;
/** Fewer would say little; a busy machine makes some of them. */
const LEAST = 5;

test.each([
  ["scalars and strings", generate],
  ["objects, closures and errors", generateObjects],
])(
  "random programs agree in interp, jit, forced exits and aot: %s",
  (_, make) => {
    const tiers = new Tiers(binaryen);
    let programs = 0;
    const one = (numbers: number[]): void => {
      agree(numbers, tiers, make);
      programs++;
    };
    // Shrinking takes the rest of the time; a failure is reported in any case.
    fc.assert(fc.property(entropy, one), {
      seed: 20_261,
      numRuns: MOST,
      interruptAfterTimeLimit: SECONDS * 1000,
      markInterruptAsFailure: false,
    });
    expect(programs).toBeGreaterThan(SECONDS < 20 ? 0 : LEAST);
  },
  (SECONDS + 60) * 1000,
);
