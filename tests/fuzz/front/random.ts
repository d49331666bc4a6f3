/**
 * Numbers for the fuzzer: the same for the same seed and index on every machine, so that one input can be made again
 * without those before it.
 */

/** Turns two numbers into one whose bits look unrelated to either. */
function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** A stream of random numbers (Mulberry32). */
export class Random {
  private state: number;
  constructor(seed: number, index: number) {
    this.state = mix(seed, index);
  }
  /** 0 to 2^32 - 1. */
  bits(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }
  /** A whole number from 0 to `n` - 1. */
  below(n: number): number {
    return Math.floor((this.bits() / 0x1_0000_0000) * n);
  }
  /** True once in `n` times. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error("nothing to pick from");
    return list[this.below(list.length)]!;
  }
}
