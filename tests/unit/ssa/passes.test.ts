/**
 * tests/passes/<pass>/<idea>.ssa: a function, a line `; expect`, the function after this pass alone. Lines starting with `;`
 * before the function say what the test is about. BLESS=1 writes the second part. Every pass has at least one file.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { alone } from "../../../compiler/ssa/context.js";
import { parse } from "../../../compiler/ssa/parse.js";
import { PASSES } from "../../../compiler/ssa/pipeline.js";
import { print } from "../../../compiler/ssa/print.js";
import { verify } from "../../../compiler/ssa/verify.js";

const ROOT = join(process.cwd(), "tests", "passes");
/** Needs a whole program: tests/unit/ssa/inline.test.ts. */
const ELSEWHERE = new Set(["inline"]);

for (const name of new Set(PASSES.map((p) => p.name))) {
  if (ELSEWHERE.has(name)) continue;
  const pass = PASSES.find((p) => p.name === name)!;
  describe(name, () => {
    const folder = join(ROOT, name);
    const files = existsSync(folder)
      ? readdirSync(folder)
          .filter((f) => f.endsWith(".ssa"))
          .sort()
      : [];
    test("has tests", () => expect(files.length).toBeGreaterThan(0));
    test.each(files)("%s", (file) => {
      const path = join(folder, file);
      const [input, expected] = readFileSync(path, "utf8").split(/^; expect\n/m) as [string, string?];
      const f = parse(input);
      verify(f, "parse");
      pass.run(f, alone(2));
      verify(f, name);
      const text = print(f);
      if (process.env.BLESS === "1") writeFileSync(path, `${input}; expect\n${text}`);
      else expect(text).toBe(expected);
    });
  });
}
