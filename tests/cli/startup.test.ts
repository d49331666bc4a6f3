/**
 * What a program's start loads: neither Binaryen, nor the back end, nor the compiler's thread. Seen in the modules that Node
 * says it loads, of the published command.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const ORUS = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bundle", "orus.mjs");
/** Stands in the back end only. */
const BACK_END = "i32.trunc_sat_f64_s";

/** Paths of the modules that a run loads, in all its threads. */
function loaded(...args: string[]): string[] {
  const r = spawnSync(process.execPath, [ORUS, ...args], {
    encoding: "utf8",
    env: { ...process.env, NODE_DEBUG: "esm" },
    maxBuffer: 1 << 26,
  });
  expect(r.status).toBe(0);
  return [...new Set([...r.stderr.matchAll(/Storing (file:\S+)/g)].map((m) => fileURLToPath(m[1]!)))];
}

test("hello, world", () => {
  const files = loaded("run", "-e", 'print("hello")');
  expect(files).toContain(ORUS);
  expect(files.filter((file) => /binaryen|worker-node/.test(file))).toEqual([]);
  expect(files.filter((file) => readFileSync(file, "utf8").includes(BACK_END))).toEqual([]);
});

test("what is looked for can be seen: building loads Binaryen and the back end", () => {
  const files = loaded("run", "--engine=aot", "-e", 'print("hello")');
  expect(files.filter((file) => file.endsWith("binaryen.mjs")).length).toBe(1);
  expect(files.some((file) => readFileSync(file, "utf8").includes(BACK_END))).toBe(true);
});
