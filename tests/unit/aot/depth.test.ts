/**
 * How deep the calls of a built module may nest: bytes a level, cycles, chains, values.
 */
import { describe, expect, test } from "@jest/globals";
import { type Frame, frameEstimate, levelsThatFit } from "../../../aot/depth.js";

const HOST = 480 * 1024;
/** Levels for so many bytes: the call from module level and the refused one are not counted. */
const by = (bytes: number, level: number): number => Math.floor(bytes / level) - 2;
const frame = (bytes: number, ...calls: (readonly [callee: number | null, levels: number])[]): Frame => ({
  bytes,
  calls: calls.map(([callee, levels]) => ({ callee, levels, args: 1 })),
});
/** The smallest limit of all. */
const levels = (frames: (Frame | undefined)[], values: number[] = []): number =>
  Math.min(...levelsThatFit(frames, values));

describe("levels that fit", () => {
  test("no limit without a cycle, whatever the frames are", () => {
    expect(levels([frame(1000, [1, 1]), frame(200, [2, 1], [3, 2]), frame(100, [3, 1]), frame(64)])).toBe(Infinity);
  });
  test("a function that calls itself: its frames and what is called before", () => {
    expect(levels([frame(1000, [1, 1]), frame(100, [1, 1])])).toBe(by(HOST - 1100, 100));
  });
  test("inlined levels share a frame", () => {
    expect(levels([frame(1000, [1, 1]), frame(120, [1, 3])])).toBe(by(HOST - 1120, 40));
  });
  test("the call with the most bytes a level counts", () => {
    expect(levels([frame(0, [1, 1]), frame(120, [1, 3], [1, 1])])).toBe(by(HOST - 120, 120));
  });
  test("in a cycle of several functions the largest frame, outside of it only once", () => {
    const frames = [frame(5000, [1, 1]), frame(100, [2, 1]), frame(300, [1, 1], [3, 1]), frame(9000)];
    expect(levels(frames)).toBe(by(HOST - 5000 - 300 - 9000, 300));
  });
  test("a call of a value may reach every function that is one", () => {
    expect(levels([frame(100, [1, 1]), frame(100, [null, 1]), frame(100, [1, 1])], [2])).toBe(by(HOST - 100, 100));
    expect(levels([frame(100, [1, 1]), frame(100, [null, 1]), frame(100)], [2])).toBe(Infinity);
  });
  test("a tail call closes a cycle but leaves no frame", () => {
    expect(levels([frame(100, [1, 1]), frame(900, [2, 0]), frame(50, [1, 1])])).toBe(by(HOST - 1000, 50));
    expect(levels([frame(100, [1, 1]), frame(100, [1, 0])])).toBe(Infinity);
  });
  test("a chain that is longer than the stack is limited as a whole", () => {
    const n = 10_000;
    const chain = Array.from({ length: n }, (_, i) => (i < n - 1 ? frame(100, [i + 1, 1]) : frame(100)));
    expect(levels(chain)).toBe(by(HOST - 100, 100));
  });
  test("functions that are not in the module do not matter", () => {
    expect(levels([frame(100, [2, 1]), undefined, frame(100, [2, 1])])).toBe(by(HOST - 100, 100));
  });
  test("a function is limited by what may be below it, not by others", () => {
    const frames = [frame(1000, [1, 1], [2, 1]), frame(100, [1, 1], [3, 1]), frame(9000, [2, 1], [3, 1]), frame(50)];
    const [main, small, large, leaf] = levelsThatFit(frames, []);
    expect(main).toBe(Infinity);
    expect(small).toBe(by(HOST - 1100, 100));
    expect(large).toBe(by(HOST - 10_000, 9000));
    expect(leaf).toBe(by(HOST - 10_050, 9000));
  });
  test("many calls of many values", () => {
    const n = 20_000;
    const values = Array.from({ length: n }, (_, i) => i + 1);
    const frames = [frame(100, [1, 1]), ...values.map(() => frame(64, [null, 1]))];
    expect(levels(frames, values)).toBe(by(HOST - 164, 64));
  });
  test("no frame fits: no call is allowed", () => {
    expect(levels([frame(HOST + 1, [1, 1]), frame(100)])).toBe(0);
  });
});

test("the estimate is above what was measured under wasmtime", () => {
  for (const [locals, bytes] of [
    [9, 60],
    [15, 84],
    [35, 216],
    [36, 338],
    [126, 1076],
  ] as const)
    expect(frameEstimate(locals, 0, 2)).toBeGreaterThan(bytes * 1.1);
});
