/**
 * A sample of the conformance probes through the real command line, one fresh process each, judged by check.py: what
 * `npm run conformance` runs in one process must hold for what a person types.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { FOLDER, probesOf, ROOT } from "../conformance/probes.js";

const PROBES = 36;
const python = process.env.ORUS_PYTHON ?? "python3";
const there = spawnSync(python, ["--version"]).status === 0;
if (!there) console.info("check.py: skipped, there is no python3");

/** Evenly over core, types and errors, without those outside today's language. */
function sample(): string[] {
  const outside = new Set(readFileSync(join(FOLDER, "outside.txt"), "utf8").split("\n"));
  const names = ["core", "types", "errors"]
    .flatMap(probesOf)
    .map((p) => p.name)
    .filter((n) => !outside.has(n));
  return Array.from({ length: PROBES }, (_, i) => names[Math.floor((i * names.length) / PROBES)]!);
}

(there ? test : test.skip)(`${PROBES} probes as whole processes`, () => {
  const names = sample();
  expect(new Set(names).size).toBe(PROBES);
  const command = [process.execPath, join(ROOT, "dist", "bundle", "orus.mjs"), "run"];
  const r = spawnSync(python, [join(FOLDER, "check.py"), "--strict", "--base", ...names, "--", ...command], {
    encoding: "utf8",
  });
  expect(r.stderr).toBe("");
  expect(r.stdout.trimEnd().split("\n").at(-1)).toMatch(new RegExp(`^${PROBES} probes, 0 failed`));
  expect(r.status).toBe(0);
});
