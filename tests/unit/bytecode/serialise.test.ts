/** The binary form: there and back, and everything that can be wrong with a file. */
import { describe, expect, test } from "@jest/globals";
import { crc32, deserialise, isSerialised, serialise } from "../../../compiler/bytecode/serialise.js";
import { chunkOf, output, programs } from "./helper.js";

const TEXT = `mut total: i64 = 0
fn add(n: i64, s: string) -> bool:
    total += n
    return s == "é\\0" or total < 5000000000
for i in 0..3i64: print(add(i, "x"), 0.1, -0.0 * (i as f64), 18446744073709551615u64, -7)
`;
const failure = (bytes: Uint8Array): string => {
  const r = deserialise(bytes);
  return "failed" in r ? r.failed : "";
};
/** A copy with the right checksum, whatever was changed. */
function sealed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(12, crc32(copy, 16), true);
  return copy;
}

test("what is read is what was written, for every program", () => {
  const all = programs();
  expect(all.length).toBeGreaterThan(100);
  for (const { name, chunk } of all) expect({ name, ...deserialise(serialise(chunk)) }).toEqual({ name, chunk });
});
test("a chunk that was read runs", () => {
  const chunk = chunkOf(TEXT);
  const read = deserialise(serialise(chunk));
  if ("failed" in read) throw new Error(read.failed);
  expect(output(read.chunk)).toBe(output(chunk));
});
test("constants keep their bits", () => {
  const chunk = chunkOf(TEXT);
  const constants = [
    ...chunk.constants,
    { type: "f64", value: Number.NaN } as const,
    { type: "i64", value: -(2n ** 63n) } as const,
    { type: "u64", value: 2n ** 64n - 1n } as const,
    { type: "u32", value: 4294967295 } as const,
    { type: "i32", value: -2147483648 } as const,
    { type: "bool", value: 1 } as const,
    { type: "ref", text: "\u{1F600}\uFEFF\0" } as const,
  ];
  expect(deserialise(serialise({ ...chunk, constants }))).toEqual({ chunk: { ...chunk, constants } });
});
test("without the source", () => {
  const chunk = chunkOf(TEXT);
  const read = deserialise(serialise(chunk, { strip: true }));
  expect(read).toEqual({ chunk: { ...chunk, files: [{ path: "t.orus", text: null }] } });
});

describe("what is no chunk has a reason", () => {
  const good = serialise(chunkOf(TEXT));
  test("other files", () => {
    expect(failure(new Uint8Array())).toBe("this is no Orus bytecode");
    expect(failure(new TextEncoder().encode("print(1)\n"))).toBe("this is no Orus bytecode");
    expect(failure(new TextEncoder().encode("orus"))).toBe("the file is cut off");
    expect([isSerialised(good), isSerialised(good.subarray(1)), isSerialised(new Uint8Array(3))]).toEqual([
      true,
      false,
      false,
    ]);
  });
  test("another version, another instruction set", () => {
    for (const at of [4, 8]) {
      const other = good.slice();
      other[at]!++;
      expect(failure(other)).toContain("another version of Orus");
    }
  });
  test("a view into a larger buffer is read at its place", () => {
    const larger = new Uint8Array(good.length + 20);
    larger.set(good, 7);
    expect(deserialise(larger.subarray(7, 7 + good.length))).toEqual(deserialise(good));
  });
  test("cut off anywhere", () => {
    for (let n = 0; n < good.length; n++) {
      expect(failure(good.subarray(0, n))).not.toBe("");
      if (n > 16) expect(failure(sealed(good.subarray(0, n)))).toMatch(/^the file is damaged \(|not sound/);
    }
    expect(failure(sealed(new Uint8Array([...good, 0])))).toContain("something follows the end");
  });
  test("any bit", () => {
    for (let i = 0; i < good.length * 8; i += 3) {
      const flipped = good.slice();
      flipped[i >> 3]! ^= 1 << (i & 7);
      expect(failure(flipped)).not.toBe("");
    }
  });
  test("any byte under a right checksum: refused, or read as something sound", () => {
    for (let i = 16; i < good.length; i++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff, good[i]! ^ 0x10]) {
        const changed = good.slice();
        changed[i] = value;
        expect(() => deserialise(sealed(changed))).not.toThrow();
      }
    }
  });
  test("lengths that promise more than there is take no memory", () => {
    const bomb = new Uint8Array([...good.subarray(0, 16), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(failure(sealed(bomb))).toMatch(/damaged/);
  });
});
