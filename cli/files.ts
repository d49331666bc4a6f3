/**
 * How the compiler reaches files here: paths are those of the operating system; `-` and `-e` texts are files that have
 * no path. Failures are words, for E3001.
 */
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Host } from "../compiler/index.js";
import { readAll } from "./streams.js";

/** Names of texts without a file, as diagnostics show them. */
export const STDIN_NAME = "<stdin>";
export const TEXT_NAME = "<text>";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
};

/** Why a file operation failed, in words. */
export function failureOf(e: unknown): string {
  const code = e instanceof Error && "code" in e ? String(e.code) : "";
  return REASONS[code] ?? (code || String(e));
}

export type Read = ReturnType<Host["read"]>;

export function readFile(path: string): Read {
  try {
    // A pipe or /dev/stdin may be non-blocking: read by hand, which waits.
    return { bytes: path === "-" ? readAll(0) : readFileSync(path) };
  } catch (e) {
    const absent = e instanceof Error && "code" in e && (e.code === "ENOENT" || e.code === "ENOTDIR");
    return { failed: failureOf(e), absent, beside: () => (absent ? programsIn(dirname(path)) : []) };
  }
}

/** Names of the programs in a directory, in order; none when it cannot be listed. */
function programsIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith(".orus"))
      .sort();
  } catch {
    return [];
  }
}

/**
 * Where `use a.b` looks (types 15.1): the current directory, that of the importing file, those of `--path`, that of the running
 * program, those of ORUSPATH.
 */
function places(importer: string, paths: readonly string[]): readonly string[] {
  const given = (process.env.ORUSPATH ?? "").split(delimiter).filter((dir) => dir !== "");
  const program = process.argv[1] === undefined ? [] : [dirname(process.argv[1])];
  return [...new Set(["", dirname(importer), ...paths, ...program, ...given])];
}
function identity(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** A host in which some names stand for given bytes. `paths`: further directories with modules. */
export function hostWith(given: ReadonlyMap<string, Uint8Array>, paths: readonly string[] = []): Host {
  return {
    modules: {
      candidates: (name, importer) => places(importer, paths).map((dir) => join(dir, name)),
      identity: (path) => (given.has(path) ? path : identity(path)),
    },
    read(path) {
      const bytes = given.get(path);
      return bytes === undefined ? readFile(path) : { bytes };
    },
  };
}
