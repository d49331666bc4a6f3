/** Random programs: SSA in every stage against the interpreter, with exits at random checks. */
import { describe, expect, test } from "@jest/globals";
import { contextOf } from "../../../compiler/ssa/context.js";
import { params } from "../../../compiler/ssa/passes/params.js";
import { optimise } from "../../../compiler/ssa/pipeline.js";
import { verify } from "../../../compiler/ssa/verify.js";
import { compareTiers, type Prepare } from "./support/compare.js";
import { randomProgram } from "./support/random.js";

const PROGRAMS = Number(process.env.SSA_PROGRAMS ?? 120);
const FIRST = Number(process.env.SSA_SEED ?? 1);

function all(prepare: Prepare): number {
  let compared = 0;
  for (let seed = FIRST; seed < FIRST + PROGRAMS; seed++)
    if (compareTiers(randomProgram(seed), seed, prepare) === "same") compared++;
  return compared;
}
describe("random programs run alike", () => {
  // More than half must be short enough to be compared, or the test says little.
  test("as built", () => expect(all(() => {})).toBeGreaterThan(PROGRAMS / 2));
  test("without trivial parameters", () =>
    expect(
      all((f) => {
        params(f);
      }),
    ).toBeGreaterThan(PROGRAMS / 2));
  test("optimised", () => {
    const prepare: Prepare = (f, chunk) =>
      optimise(f, contextOf(chunk, f.mode, 2, { budget: true }), (pass) => verify(f, pass));
    expect(all(prepare)).toBeGreaterThan(PROGRAMS / 2);
  });
});
