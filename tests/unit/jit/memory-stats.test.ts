/** What `--stats` tells of memory: bytes of the objects that were made, collections, the heap's largest size. */
import { expect, test } from "@jest/globals";
import { type Stats, statsText } from "../../../jit/index.js";
import { inEngine, program } from "../../support/tiers.js";

const statsOf = (text: string, options = {}): Stats =>
  inEngine(program(text), { engine: "interp", ...options }, null).run.stats();

test("a program that makes no objects", () => {
  const stats = statsOf('print("a", 1 + 2)\n');
  expect(stats).toMatchObject({ allocatedBytes: 0, collections: 0, heapPeakBytes: 0 });
  expect(statsText(stats)).toMatch(/^heap {11}0 KB allocated, 0 collections, at most 0 KB$/m);
});

// A text of up to 16 bytes takes 32 with its header.
const TEXTS = (rounds: number): string => `mut n = 0
for i in 0..${rounds}:
    n += len(i as string)
print(n)
`;
const EACH = 32;

test("bytes are those of the objects, whatever room was taken for them", () => {
  for (const rounds of [1, 10, 5_000]) expect(statsOf(TEXTS(rounds)).allocatedBytes).toBe(EACH * rounds);
  expect(statsOf(TEXTS(10))).toMatchObject({ collections: 0, heapPeakBytes: 32_768 });
});

test("the sum goes on over collections, and garbage does not make the heap larger", () => {
  const rounds = 1_000_000;
  const stats = statsOf(TEXTS(rounds));
  expect(stats.allocatedBytes).toBe(EACH * rounds);
  expect(stats.collections).toBeGreaterThanOrEqual(3);
  expect(stats.collections).toBeLessThan(6);
  expect(stats.heapPeakBytes).toBeLessThan(10 * 2 ** 20);
  expect(statsText(stats)).toMatch(/^heap {11}31 MB allocated, [345] collections, at most [89] MB$/m);
});

test("every allocation collects in the hostile mode", () => {
  const stats = statsOf(TEXTS(100), { hostile: true });
  expect(stats).toMatchObject({ allocatedBytes: 100 * EACH, collections: 100 });
});

test("the limit is one for the heap's largest size", () => {
  const stats = statsOf('mut s = "0123456789abcdef"\nwhile true:\n    s += s\n', { maxHeap: 2 ** 21 });
  expect(stats.heapPeakBytes).toBeLessThanOrEqual(2 ** 21);
  expect(stats.heapPeakBytes).toBeGreaterThan(2 ** 19);
});
