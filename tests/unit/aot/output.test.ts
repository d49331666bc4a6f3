/**
 * When the output of a built module comes: at line ends on a terminal, after 50 ms elsewhere, and what was printed before a module
 * was stopped or trapped.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { expect, test } from "@jest/globals";
import { commandOf, type WasiIo } from "../../../aot/index.js";
import { build } from "../../conformance/built.js";
import { binaryen } from "../../support/binaryen.js";
import { program } from "../../support/tiers.js";

/** The pieces that come. */
function written(text: string, how: Partial<WasiIo> = {}): { pieces: string[]; run: () => number; rescue: () => void } {
  const pieces: string[] = [];
  const write = (fd: number, bytes: Uint8Array): number => pieces.push(`${fd}:${Buffer.from(bytes)}`) * 0;
  const p = program(text);
  const command = commandOf(new WebAssembly.Module(build(p, binaryen)), { write, ...how });
  return { pieces, run: () => command.run(), rescue: () => command.rescue() };
}
const LINES = "for i in 0..5:\n    print(i)\nprint()\n";

test("on a terminal each line comes at once", () => {
  const { pieces, run } = written(LINES, { terminal: true });
  expect(run()).toBe(0);
  expect(pieces).toEqual(["1:0\n", "1:1\n", "1:2\n", "1:3\n", "1:4\n", "1:\n"]);
});
test("elsewhere the first, and the others together", () => {
  const { pieces, run } = written(LINES);
  expect(run()).toBe(0);
  expect(pieces).toEqual(["1:0\n", "1:1\n2\n3\n4\n\n"]);
});
test("a line that comes long after the last one does not wait, nor do those before it", () => {
  const wait = "t = timestamp()\nwhile timestamp() - t < 0.06: pass\n";
  const { pieces, run } = written(`print("a")\nprint("b")\n${wait}print("c")\nprint("d")\n`);
  expect(run()).toBe(0);
  expect(pieces.slice(0, 2)).toEqual(["1:a\n", "1:b\nc\n"]);
});
test("many lines are not written one by one, and the clock is not asked for each", () => {
  const { pieces, run } = written("for i in 0..20000:\n    print(i)\n");
  expect(run()).toBe(0);
  expect(pieces.length).toBeLessThan(100);
  expect(pieces.join("").replace(/1:/g, "").length).toBeGreaterThan(100_000);
});
test("the output comes before the error", () => {
  const { pieces, run } = written("print(1)\nprint(2)\na = [1, 2,]\nprint(a[len(a)])\n");
  expect(run()).toBe(70);
  expect(pieces.slice(0, 2)).toEqual(["1:1\n", "1:2\n"]);
  expect(pieces[2]).toMatch(/^2:t\.orus:4:9: error\[E0002\]/);
});
test("a host that stops the module can have what was printed", () => {
  const stop = new Error("stopped");
  const { pieces, run, rescue } = written("print(1)\nprint(2)\nline = input()\nprint(line)\n", {
    read: () => {
      throw stop;
    },
  });
  expect(run).toThrow(stop);
  rescue();
  expect(pieces).toEqual(["1:1\n", "1:2\n"]);
});
