/**
 * Entering new code in batches, for hosts that cannot ask V8 for its optimising tier (pages, and compiling in the engine's
 * own thread): V8 starts a module in its baseline tier and never replaces a frame that runs, so a loop entered once would
 * stay slow for ever. A loop that asks for budget is told to leave after 1, 4, 16 and 64 ms; it goes back to the interpreter at
 * its LOOP, which enters it again, by then perhaps in optimised code. After that it runs on.
 */

const FIRST_MS = 1;
const GROWTH = 4;
const BATCHES = 4;

interface Schedule {
  left: number;
  length: number;
  until: number;
}

export class Batches {
  /** By address of the LOOP that asks. */
  private readonly loops = new Map<number, Schedule>();

  /** New code was installed: what ran before may be replaced by it. */
  restart(): void {
    this.loops.clear();
  }

  /** Whether the loop that asks at this address should leave now. */
  leave(address: number, now: number): boolean {
    const s = this.loops.get(address);
    if (s === undefined) {
      this.loops.set(address, { left: BATCHES, length: FIRST_MS, until: now + FIRST_MS });
      return false;
    }
    if (s.left === 0 || now < s.until) return false;
    s.left--;
    s.length *= GROWTH;
    s.until = now + s.length;
    return true;
  }
}
