/**
 * How the compiler reaches files here: paths are those of the operating system; `-` and `-e` texts are files that have
 * no path. Failures are words, for E3001.
 */
import { readFileSync } from "node:fs";
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
    return { failed: failureOf(e) };
  }
}

/** A host in which some names stand for given bytes. */
export function hostWith(given: ReadonlyMap<string, Uint8Array>): Host {
  return {
    read(path) {
      const bytes = given.get(path);
      return bytes === undefined ? readFile(path) : { bytes };
    },
  };
}
