/**
 * Reads probes: programs with their exact output, exit code and diagnostics (format: README.md in this folder).
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root; this file runs from dist/tests/conformance. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
export const FOLDER = join(ROOT, "tests", "conformance");

export interface Expected {
  readonly line: number;
  /** null: only the line counts. */
  readonly column: number | null;
  readonly code: string;
}
export interface Probe {
  /** `core/for_steps`. */
  readonly name: string;
  /** File name as diagnostics show it. */
  readonly file: string;
  readonly source: Uint8Array;
  readonly out: Uint8Array;
  readonly exit: number;
  readonly diagnostics: readonly Expected[];
}

const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);

function probe(folder: string, stem: string): Probe {
  const at = join(FOLDER, folder, stem);
  const diagnostics = (read(`${at}.err`) ?? "")
    .split("\n")
    .filter((l) => l.trim() !== "")
    .map((l) => {
      const m = /^(?:\S+\.orus:)?(\d+)(?::(\d+))? ([EW]\d{4})\b/.exec(l);
      if (!m) throw new Error(`${folder}/${stem}.err: malformed line ${l}`);
      return { line: Number(m[1]), column: m[2] ? Number(m[2]) : null, code: m[3]! };
    });
  return {
    name: `${folder}/${stem}`,
    file: `${stem}.orus`,
    source: new Uint8Array(readFileSync(`${at}.orus`)),
    out: new Uint8Array(readFileSync(`${at}.out`)),
    exit: Number(read(`${at}.exit`) ?? "0"),
    diagnostics,
  };
}

/** Names under "Absent forms" of a folder's DEVIATIONS.md: pinned for the base language only. */
function absentForms(folder: string): Set<string> {
  const text = read(join(FOLDER, folder, "DEVIATIONS.md")) ?? "";
  const names = new Set<string>();
  let inside = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("#")) inside = line.includes("Absent forms");
    const m = /^- `([\w/]+)`/.exec(line);
    if (m && inside) names.add(m[1]!);
  }
  return names;
}

/** All single-file probes of a folder, or the ones named; multi-module ones come with modules. */
export function probesOf(argument: string): Probe[] {
  const path = join(FOLDER, argument);
  if (existsSync(path) && statSync(path).isDirectory()) {
    const absent = absentForms(argument);
    return readdirSync(path)
      .filter((f) => f.endsWith(".orus") && existsSync(join(path, f.replace(/\.orus$/, ".out"))))
      .map((f) => f.slice(0, -5))
      .filter((stem) => !absent.has(stem))
      .sort()
      .map((stem) => probe(argument, stem));
  }
  const [folder, stem] = argument.split("/");
  if (folder && stem && existsSync(`${path}.out`)) return [probe(folder, stem)];
  for (const f of ["core", "types", "errors", "extensions"])
    if (existsSync(join(FOLDER, f, `${argument}.out`))) return [probe(f, argument)];
  throw new Error(`no probe or folder ${argument}`);
}
