/**
 * The three standard streams as file descriptors, written and read to the end before going on: what a program printed
 * is out before it is over, whatever ends it. Node's own stream objects are not used: they cost milliseconds at start
 * and lose text when the process exits.
 */
import { fstatSync, readSync, writeSync } from "node:fs";

const codeOf = (e: unknown): string => (e instanceof Error && "code" in e ? String(e.code) : "");

/** The only waiting without a spinning loop that a synchronous program has. */
const pause = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

/** Writing failed; `closed` when the reader has gone away, which is nothing to complain about. */
export class OutputError extends Error {
  constructor(
    readonly closed: boolean,
    reason: string,
  ) {
    super(reason);
  }
}

/** Writes all bytes. A pipe that another process made non-blocking and that is full answers EAGAIN: wait, go on. */
export function write(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at, bytes.length - at);
    } catch (e) {
      const code = codeOf(e);
      if (code === "EAGAIN") pause(1);
      else if (code === "EPIPE") throw new OutputError(true, code);
      else throw new OutputError(false, `writing the output failed: ${code || String(e)}`);
    }
  }
}

/** For engines and modules, which take an errno (0: fine) instead of an exception; the failure is kept. */
export class ProgramOutput {
  failed: OutputError | null = null;

  readonly write = (fd: number, bytes: Uint8Array): number => {
    try {
      write(fd, bytes);
      return 0;
    } catch (e) {
      if (!(e instanceof OutputError)) throw e;
      this.failed ??= e;
      return ERRNO_IO;
    }
  };
}
/** WASI's number for "input or output error". */
const ERRNO_IO = 29;

export const writeText = (fd: number, text: string): void => write(fd, new TextEncoder().encode(text));

/** For programs that read lines: what is there, at least a byte. Answers how many, 0 at the end, a negative errno. */
export function readSome(fd: number, bytes: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, bytes, 0, bytes.length, null);
    } catch (e) {
      if (codeOf(e) === "EOF") return 0;
      if (codeOf(e) !== "EAGAIN") return -ERRNO_IO;
      pause(1);
    }
  }
}

/** Everything until end of file. */
export function readAll(fd: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = new Uint8Array(65_536);
    try {
      const n = readSync(fd, chunk, 0, chunk.length, null);
      if (n === 0) break;
      chunks.push(chunk.subarray(0, n));
    } catch (e) {
      if (codeOf(e) === "EOF") break;
      if (codeOf(e) !== "EAGAIN") throw e;
      pause(5);
    }
  }
  return Buffer.concat(chunks);
}

/** `node:tty` is loaded for character devices only: pipes and files, the usual case in scripts, need no look. */
export async function isTerminal(fd: number): Promise<boolean> {
  try {
    if (!fstatSync(fd).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return (await import("node:tty")).isatty(fd);
}

/** Whether diagnostics are coloured (tooling, section 2). */
export async function wantsColor(choice: "auto" | "always" | "never"): Promise<boolean> {
  if (choice !== "auto") return choice === "always";
  const { NO_COLOR, TERM, ORUS_COLOR } = process.env;
  if (NO_COLOR || TERM === "dumb") return false;
  if (ORUS_COLOR === "always" || ORUS_COLOR === "never") return ORUS_COLOR === "always";
  return isTerminal(2);
}
