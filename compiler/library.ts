/**
 * Finds the modules of a program through the host: the places that the host names are tried in order, and a file that is found
 * on two ways is one module.
 */
import { nearest } from "./diagnostics/suggest.js";
import type { Host } from "./index.js";
import type { Found, Library } from "./infer/index.js";
import { SourceFile } from "./source/file.js";

const ENDING = ".orus";
/** Longest path, as in most file systems: a host that has a file at every path would give modules without end. */
const MAX_PATH = 4_096;

export class HostLibrary implements Library {
  readonly files: SourceFile[] = [];
  private readonly known = new Map<string, SourceFile>();

  constructor(private readonly host: Host) {}

  /** The main file. */
  open(path: string, bytes: Uint8Array): SourceFile {
    const file = SourceFile.fromBytes(this.files.length, path, bytes);
    this.files.push(file);
    this.known.set(this.host.modules?.identity(path) ?? path, file);
    return file;
  }

  find(path: readonly string[], importer: SourceFile): Found {
    const name = `${path.join("/")}${ENDING}`;
    const { modules } = this.host;
    const candidates = modules?.candidates(name, importer.path) ?? [beside(importer.path, name)];
    const others: (() => readonly string[])[] = [];
    for (const candidate of candidates) {
      const known = this.known.get(modules?.identity(candidate) ?? candidate);
      if (known) return { file: known };
      if (candidate.length > MAX_PATH) return { unreadable: `its path is longer than ${MAX_PATH} characters` };
      const got = this.host.read(candidate);
      if ("bytes" in got) return { file: this.open(candidate, got.bytes) };
      if (!got.absent) return { unreadable: got.failed };
      if (got.beside) others.push(got.beside);
    }
    const names = others.flatMap((beside) => beside()).filter((file) => file.endsWith(ENDING));
    const guess = nearest(
      path[path.length - 1]!,
      names.map((file) => file.slice(0, -ENDING.length)),
    );
    return {
      missing: [...new Set(candidates)],
      near: guess === null ? null : [...path.slice(0, -1), guess].join("."),
    };
  }
}

const beside = (importer: string, name: string): string => importer.slice(0, importer.lastIndexOf("/") + 1) + name;
