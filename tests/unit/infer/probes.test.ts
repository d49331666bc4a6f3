/** Every conformance program of core, types and errors has the diagnostics that its `.err` lists, or none. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { FOLDER, probesOf } from "../../conformance/probes.js";
import { check, type Outcome } from "./helper.js";

/** Programs of the base language that use forms which the parser does not know yet (E1099), or has extended. */
const later = (outcome: Outcome): boolean => outcome.diagnostics.some((d) => d.code === "E1099");

interface Wanted {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly code: string;
}

function wanted(path: string, main: string): Wanted[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((text) => {
      const m = /^(?:(\S+\.orus):)?(\d+)(?::(\d+))? (E[123]\d{3})\b/.exec(text);
      return m ? [{ file: m[1] ?? main, line: Number(m[2]), column: m[3] ? Number(m[3]) : null, code: m[4]! }] : [];
    });
}

/** All files of a folder, by their path in it. */
function filesOf(folder: string, prefix = ""): Record<string, Uint8Array> {
  const found: Record<string, Uint8Array> = {};
  for (const name of readdirSync(join(folder, prefix))) {
    const path = prefix + name;
    if (statSync(join(folder, path)).isDirectory()) Object.assign(found, filesOf(folder, `${path}/`));
    else if (name.endsWith(".orus")) found[path] = new Uint8Array(readFileSync(join(folder, path)));
  }
  return found;
}

function compare(outcome: Outcome, expected: readonly Wanted[]): string | null {
  const found = outcome.diagnostics
    .toSorted((a, b) => a.span.file - b.span.file || a.span.start - b.span.start)
    .map((d) => {
      const file = outcome.files[d.span.file]!;
      return { file: file.path, code: d.code, label: d.label, ...file.position(d.span.start) };
    });
  const same =
    found.length === expected.length &&
    expected.every((w, i) => {
      const f = found[i]!;
      return (
        f.code === w.code && f.line === w.line && (w.column === null || f.column === w.column) && f.file === w.file
      );
    });
  return same ? null : found.map((f) => `${f.file}:${f.line}:${f.column} ${f.code} ${f.label}`).join("\n");
}

test.each(["core", "types", "errors"])("probes of one file: %s", (folder) => {
  const wrong: string[] = [];
  // Modules of the probes stand beside them; so do the probes, but nobody imports these.
  const beside = folder === "errors" ? filesOf(join(FOLDER, folder)) : {};
  for (const probe of probesOf(folder)) {
    // Folders of modules have a test of their own.
    if (probe.name.startsWith("errors/ext_") || existsSync(join(FOLDER, probe.name, "main.orus"))) continue;
    const expected = wanted(join(FOLDER, `${probe.name}.err`), probe.file);
    const outcome = check({ ...beside, [probe.file]: probe.source }, probe.file);
    if (later(outcome)) continue;
    const different = compare(outcome, expected);
    if (different !== null) wrong.push(`${probe.name}: ${different}`);
  }
  expect(wrong).toEqual([]);
});

test("probes of several files", () => {
  const wrong: string[] = [];
  const folder = join(FOLDER, "types");
  for (const name of readdirSync(folder)) {
    if (!existsSync(join(folder, name, "main.orus"))) continue;
    const outcome = check(filesOf(join(folder, name)));
    const different = compare(outcome, wanted(join(folder, name, "main.err"), "main.orus"));
    if (different !== null) wrong.push(`${name}: ${different}`);
  }
  expect(wrong).toEqual([]);
});
