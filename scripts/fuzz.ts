/**
 * `npm run fuzz -- [--minutes N] [--seed S]`: random programs compared across the tiers (tests/fuzz/property.ts), in this
 * process, until something differs or the time is over. Prints the seed first, so that a run can be repeated, and for a
 * difference the smallest program that shows it. The exit code is 1 then.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { loadBinaryen } from "../jit/native.js";
import { generate } from "../tests/fuzz/generate.js";
import { generateObjects } from "../tests/fuzz/generate-objects.js";
import { agree, entropy } from "../tests/fuzz/property.js";
import { Tiers } from "../tests/support/tiers.js";

/** Programs between two looks at the clock. */
const ROUND = 100;
/** Milliseconds after which a round, and the search for a smaller program, ends with what it has. */
const SHRINKING = 60_000;

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
  const end = performance.now() + Number(values.minutes) * 60_000;
  if (!Number.isInteger(first) || Number.isNaN(end)) {
    console.error("fuzz: --minutes N and --seed S take numbers");
    return 64;
  }
  console.log(`seed ${first}`);
  const tiers = new Tiers(await loadBinaryen());
  let programs = 0;
  for (let seed = first; performance.now() < end; seed++) {
    const r = fc.check(
      // Scalars and strings, objects, in turns.
      fc.property(entropy, (numbers) => agree(numbers, tiers, seed % 2 === 0 ? generate : generateObjects)),
      { seed, numRuns: ROUND, interruptAfterTimeLimit: SHRINKING },
    );
    if (r.failed) {
      console.log(
        `seed ${seed}, path ${r.counterexamplePath}, after ${programs + r.numRuns} programs, ${r.numShrinks} steps smaller:\n`,
      );
      console.log(r.errorInstance instanceof Error ? r.errorInstance.message : String(r.errorInstance));
      return 1;
    }
    programs += ROUND;
  }
  console.log(`${programs} programs, no difference`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
