/**
 * Finds the modules of a program through the host: the places that the host names are tried in order, and a file that is found
 * on two ways is one module.
 */
import type { Host } from "./index.js";
import type { Found, Library } from "./infer/index.js";
import { SourceFile } from "./source/file.js";

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
    const name = `${path.join("/")}.orus`;
    const { modules } = this.host;
    const candidates = modules?.candidates(name, importer.path) ?? [beside(importer.path, name)];
    for (const candidate of candidates) {
      const known = this.known.get(modules?.identity(candidate) ?? candidate);
      if (known) return { file: known };
      if (candidate.length > MAX_PATH) return { unreadable: `its path is longer than ${MAX_PATH} characters` };
      const got = this.host.read(candidate);
      if ("bytes" in got) return { file: this.open(candidate, got.bytes) };
      if (!got.absent) return { unreadable: got.failed };
    }
    return { missing: candidates };
  }
}

const beside = (importer: string, name: string): string => importer.slice(0, importer.lastIndexOf("/") + 1) + name;
