/**
 * The front end on anything: the inputs that are kept (tests/fuzz/front/corpus) and fresh ones of a fixed seed. These run in
 * the script's own process: an input without an end is found there, and Jest's sandbox would take three times as long.
 * The long run is `npm run fuzz:front`.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { ROOT } from "../conformance/probes.js";
import { outcome, readCorpus } from "./front/corpus.js";
import { Fault } from "./front/examine.js";

const INPUTS = 20_000;

test("kept inputs", () => {
  const kept = readCorpus();
  expect(kept.length).toBeGreaterThan(0);
  for (const { name, bytes } of kept) {
    const seen = outcome(bytes);
    if (seen instanceof Fault) throw new Error(`${name}: ${seen.message}\n${Buffer.from(bytes).toString()}`);
  }
});

test(`${INPUTS} inputs`, () => {
  const script = join(ROOT, "dist", "scripts", "fuzz-front.js");
  const { stdout, stderr } = spawnSync(process.execPath, [script, "--dry", `--inputs=${INPUTS}`], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(new RegExp(`^${INPUTS} inputs in \\d+ s, 0 faults$`, "m"));
  // Without right programs among them, lowering would not be tried.
  expect(Number(/^ {2}tiny.*accepted (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(INPUTS / 50);
});
