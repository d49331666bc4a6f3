/** The programs of the conformance suite and of examples/: optimised SSA with exits at random checks against the interpreter. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { compile } from "../../../compiler/index.js";
import { contextOf } from "../../../compiler/ssa/context.js";
import { optimise } from "../../../compiler/ssa/pipeline.js";
import { verify } from "../../../compiler/ssa/verify.js";
import { hostOf } from "../../conformance/probes.js";
import { compareTiers, type Prepare } from "./support/compare.js";
import { Unsupported } from "./support/heap.js";

function programs(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((e) =>
      e.isDirectory() ? programs(join(folder, e.name)) : e.name.endsWith(".orus") ? [join(folder, e.name)] : [],
    )
    .sort();
}
const FILES = ["tests/conformance", "examples"].flatMap((f) => programs(join(process.cwd(), f)));

test("programs run alike", () => {
  const prepare: Prepare = (f, chunk) =>
    optimise(f, contextOf(chunk, f.mode, 2, { budget: true }), (pass) => verify(f, pass));
  let compared = 0;
  for (const path of FILES) {
    const { chunk } = compile(basename(path), hostOf(dirname(path)));
    if (!chunk) continue;
    try {
      if (compareTiers(chunk, 7, prepare, 3, []) === "same") compared++;
    } catch (e) {
      if (e instanceof Unsupported) continue;
      throw new Error(`${path}: ${(e as Error).message}`);
    }
  }
  expect(compared).toBeGreaterThan(200);
});
