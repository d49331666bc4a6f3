/**
 * What the driver needs of Node: output that arrives whole, input that is waited for. Ctrl-C is the command's (cli/interrupt.ts): an embedding
 * program has signal handlers of its own.
 */
import { readSync, writeSync } from "node:fs";

/** WASI's numbers; anything but 0 ends the program. */
const ERRNO = { SUCCESS: 0, IO: 29, PIPE: 64 } as const;
const PAUSE_MS = 1;

const codeOf = (e: unknown): string => (e instanceof Error && "code" in e ? String(e.code) : "");

/** Writes all bytes to a file descriptor; answers an errno. A full non-blocking pipe answers EAGAIN: wait, go on. */
export function writeAll(fd: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at, bytes.length - at);
    } catch (e) {
      const code = codeOf(e);
      if (code !== "EAGAIN") return code === "EPIPE" ? ERRNO.PIPE : ERRNO.IO;
      pause();
    }
  }
  return ERRNO.SUCCESS;
}
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

/**
 * Reads what is there, at least a byte; answers how many, 0 at the end, a negative errno. A non-blocking descriptor without
 * anything answers EAGAIN: wait, ask again. Windows says EOF when a pipe was closed.
 */
export function readSome(fd: number, bytes: Uint8Array): number {
  while (true) {
    try {
      return readSync(fd, bytes, 0, bytes.length, null);
    } catch (e) {
      const code = codeOf(e);
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") return -ERRNO.IO;
      pause();
    }
  }
}
