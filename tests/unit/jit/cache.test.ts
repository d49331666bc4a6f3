/** The code cache: bound, generations. */
import { expect, test } from "@jest/globals";
import { CodeCache } from "../../../jit/cache.js";

test("counts bytes, takes out, flushes into a new generation", () => {
  const cache = new CodeCache<{ bytes: number }>(1000);
  cache.put("0:4", { bytes: 400 });
  cache.put("1:-1", { bytes: 500 });
  expect([cache.size, cache.bytes, cache.fits(100), cache.fits(101)]).toEqual([2, 900, true, false]);
  expect(cache.take("0:4")).toEqual({ bytes: 400 });
  expect(cache.take("0:4")).toBe(undefined);
  expect([cache.size, cache.bytes]).toEqual([1, 500]);
  expect(cache.get("1:-1")).toEqual({ bytes: 500 });
  expect(cache.flush()).toEqual([{ bytes: 500 }]);
  expect([cache.size, cache.bytes, cache.generation]).toEqual([0, 0, 1]);
});
