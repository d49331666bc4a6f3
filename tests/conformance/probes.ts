/**
 * Reads probes: programs with their exact output, exit code and diagnostics (format: README.md in this folder).
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "../../compiler/index.js";

/** The project's root; this file runs from dist/tests/conformance. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
export const FOLDER = join(ROOT, "tests", "conformance");

export interface Expected {
  readonly line: number;
  /** null: only the line counts. */
  readonly column: number | null;
  readonly code: string;
  /** The file as diagnostics show it; null: the main one. */
  readonly file: string | null;
}
export interface Probe {
  /** `core/for_steps`. */
  readonly name: string;
  /** File name as diagnostics show it. */
  readonly file: string;
  readonly source: Uint8Array;
  readonly host: Host;
  /** Standard input. */
  readonly input: Uint8Array;
  readonly out: Uint8Array;
  readonly exit: number;
  readonly diagnostics: readonly Expected[];
}

const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);

/** The files of a folder, as a program that is run there sees them. */
export const hostOf = (where: string): Host => ({
  read(path) {
    const full = join(where, path);
    if (!existsSync(full)) return { failed: "there is no such file", absent: true };
    return statSync(full).isDirectory()
      ? { failed: "it is a directory" }
      : { bytes: new Uint8Array(readFileSync(full)) };
  },
  modules: {
    candidates: (name, importer) => [...new Set([name, join(dirname(importer), name)])],
    identity: (path) => path,
  },
});

/** A probe is a file, or a folder of modules with `main`. */
function probe(folder: string, stem: string): Probe {
  const isFolder = existsSync(join(FOLDER, folder, stem, "main.orus"));
  const where = isFolder ? join(FOLDER, folder, stem) : join(FOLDER, folder);
  const main = isFolder ? "main.orus" : `${stem}.orus`;
  const at = isFolder ? join(where, "main") : join(where, stem);
  const diagnostics = (read(`${at}.err`) ?? "")
    .split("\n")
    .filter((l) => l.trim() !== "")
    .map((l) => {
      const m = /^(?:(\S+\.orus):)?(\d+)(?::(\d+))? ([EW]\d{4})\b/.exec(l);
      if (!m) throw new Error(`${folder}/${stem}.err: malformed line ${l}`);
      const file = m[1] === undefined || m[1] === main ? null : m[1];
      return { line: Number(m[2]), column: m[3] ? Number(m[3]) : null, code: m[4]!, file };
    });
  return {
    name: `${folder}/${stem}`,
    file: main,
    source: new Uint8Array(readFileSync(join(where, main))),
    host: hostOf(where),
    input: existsSync(`${at}.in`) ? new Uint8Array(readFileSync(`${at}.in`)) : new Uint8Array(),
    out: new Uint8Array(readFileSync(`${at}.out`)),
    exit: Number(read(`${at}.exit`) ?? "0"),
    diagnostics,
  };
}

/**
 * All probes of a folder, or the ones named. Those of DEVIATIONS.md's "Absent forms" pin what the base language refuses: each
 * is dropped with the extension that accepts it.
 */
export function probesOf(argument: string): Probe[] {
  const path = join(FOLDER, argument);
  if (existsSync(path) && statSync(path).isDirectory()) {
    return readdirSync(path)
      .filter((f) =>
        f.endsWith(".orus")
          ? existsSync(join(path, f.replace(/\.orus$/, ".out")))
          : existsSync(join(path, f, "main.orus")) && existsSync(join(path, f, "main.out")),
      )
      .map((f) => f.replace(/\.orus$/, ""))
      .sort()
      .map((stem) => probe(argument, stem));
  }
  const [folder, stem] = argument.split("/");
  const has = (at: string): boolean => existsSync(`${at}.out`) || existsSync(join(at, "main.out"));
  if (folder && stem && has(path)) return [probe(folder, stem)];
  for (const f of ["core", "types", "errors", "extensions"])
    if (has(join(FOLDER, f, argument))) return [probe(f, argument)];
  throw new Error(`no probe or folder ${argument}`);
}
