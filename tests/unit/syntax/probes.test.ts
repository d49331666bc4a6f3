/** Every conformance program goes through lexer and parser; wrong ones are marked where the probe says. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { read } from "./helper.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..", "tests", "conformance");
const programs = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".orus"))
  .map((name) => name.replaceAll("\\", "/"))
  .sort();

/** Codes that lexer and parser give. */
const SYNTAX = /\bE(10(0[1-9]|13|15|19|2\d|3\d)|1407|1409)\b/;

/** Their mistake is in, or their meaning depends on, a form that is not supported yet; `!` needs the type of its operand. */
const OUTSIDE = new Set(["core/err_str_index_assign", "errors/ext_bad_format", "extensions/base_forms_kept"]);

test("there are programs", () => {
  expect(programs.length).toBeGreaterThan(700);
});

describe.each(["core", "types", "errors", "extensions"])("%s", (folder) => {
  test("is read as the probes say", () => {
    const wrong: string[] = [];
    for (const program of programs.filter((p) => p.startsWith(`${folder}/`))) {
      const name = program.replace(/(\/main)?\.orus$/, "");
      if (OUTSIDE.has(name)) continue;
      const expectation = join(root, program.replace(/orus$/, "err"));
      const err = existsSync(expectation) ? expectation : null;
      // A mistake of another module is named with its file.
      const lines =
        err === null
          ? []
          : readFileSync(err, "utf8")
              .split("\n")
              .filter((l) => SYNTAX.test(l) && /^\d/.test(l));
      const expected = lines.map((l) => l.split(" ").slice(0, 2).join(" "));
      // All of the base language is read; what only the extensions have is named as not supported.
      const mayBeOutside = folder === "extensions" || name.includes("/ext_") || name === "types/try_no_throw";
      const { errors, labels } = read(readFileSync(join(root, program)));
      const found = errors.filter((_, i) => !(mayBeOutside && labels[i]!.endsWith("not supported yet")));
      const same =
        found.length === expected.length &&
        expected.every((e, i) => (/^\d+ /.test(e) ? found[i]!.replace(/:\d+/, "") === e : found[i] === e));
      if (!same && !program.includes("broken"))
        wrong.push(`${program}: expected ${expected.join(", ")}; found ${found.join(", ")}`);
    }
    expect(wrong).toEqual([]);
  });
});
