/**
 * Tests that need wasmtime: where it is not installed they are skipped and say so, unless ORUS_REQUIRE_WASMTIME makes its absence a
 * failure.
 */
import { afterAll, beforeAll, describe } from "@jest/globals";
import { mayUseWasmtime, Wasmtime } from "../conformance/wasmtime.js";

/** `describe("under wasmtime", …)`; `wasmtime` answers the one that its tests share. */
export function withWasmtime(tests: (wasmtime: () => Wasmtime) => void): void {
  const there = mayUseWasmtime();
  if (!there) console.info("wasmtime: skipped, the Python package `wasmtime` is not installed");
  (there ? describe : describe.skip)("under wasmtime", () => {
    let shared: Wasmtime;
    beforeAll(() => {
      shared = new Wasmtime();
    });
    afterAll(() => shared.close());
    tests(() => shared);
  });
}
