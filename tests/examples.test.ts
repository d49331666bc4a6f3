/**
 * The programs of examples/: without warnings, all in the table of its README, and in the interpreter they print what
 * tests/golden/examples says, with FILE.in as the input. A folder with a `main.orus` is one program.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { compile } from "../compiler/index.js";
import { warn } from "../compiler/warnings/index.js";
import { hostOf, ROOT } from "./conformance/probes.js";
import { inEngine } from "./support/tiers.js";

const FOLDER = join(ROOT, "examples");
const FILES = readdirSync(FOLDER, { withFileTypes: true })
  .map((entry) => (entry.isDirectory() ? `${entry.name}/main.orus` : entry.name))
  .filter((file) => file.endsWith(".orus"));
/** Where those end that end with an error. */
const ERRORS: Readonly<Record<string, string>> = { "brainfuck.orus": "139:37 E0002", "limits.orus": "6:48 E0004" };

test.each(FILES)("%s", (file) => {
  const { chunk, files, diagnostics } = compile(file, hostOf(FOLDER), warn);
  expect(diagnostics.map(({ code, label }) => `${code} ${label}`)).toEqual([]);
  const given = join(FOLDER, file.replace(/\.orus$/, ".in"));
  const input = existsSync(given) ? new Uint8Array(readFileSync(given)) : new Uint8Array();
  const { out, error } = inEngine({ chunk: chunk!, files, input }, { engine: "interp" }, null);
  const name = file.replace(/(\/main)?\.orus$/, "");
  const expected = readFileSync(join(ROOT, "tests", "golden", "examples", `${name}.out`), "utf8");
  expect({ out, error }).toEqual({ out: expected, error: ERRORS[file] ?? null });
});

test("the README lists them all", () => {
  const listed = readFileSync(join(FOLDER, "README.md"), "utf8").matchAll(/^\| \[[^\]]+\]\(([^)]+\.orus)\)/gm);
  expect([...listed].map((m) => m[1]!).sort()).toEqual([...FILES].sort());
});
