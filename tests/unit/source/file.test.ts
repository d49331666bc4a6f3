/** Bytes to text, offsets to lines and columns. */
import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "../../../compiler/source/file.js";

const file = (text: string): SourceFile => new SourceFile(0, "dir/main.orus", text);
const fromBytes = (...bytes: number[]): SourceFile => SourceFile.fromBytes(0, "x.orus", new Uint8Array(bytes));

describe("positions", () => {
  test("count lines from LF and columns in Unicode characters", () => {
    const f = file("a\n\né😀x\r\nend");
    const at = (offset: number): string => `${f.position(offset).line}:${f.position(offset).column}`;
    expect([0, 1, 2, 3, 4, 6, 9, 12].map(at)).toEqual(["1:1", "1:2", "2:1", "3:1", "3:2", "3:3", "4:1", "4:4"]);
    expect([1, 2, 3, 4].map((line) => f.lineText(line))).toEqual(["a", "", "é😀x", "end"]);
  });
  test("on a line of pairs of surrogates", () => {
    const f = file(`x\n${"😀a".repeat(50_000)}\ny😀`);
    expect(f.position(2)).toEqual({ line: 2, column: 1 });
    for (let i = 0; i < 50_000; i++) {
      // Before, inside of and after the pair.
      expect(f.position(2 + 3 * i).column).toBe(2 * i + 1);
      expect(f.position(3 + 3 * i).column).toBe(2 * i + 2);
      expect(f.position(4 + 3 * i).column).toBe(2 * i + 2);
    }
    expect(f.position(f.text.length)).toEqual({ line: 3, column: 3 });
  });
  test("exist in an empty file", () => {
    expect(file("").position(0)).toEqual({ line: 1, column: 1 });
    expect(file("").lineText(1)).toBe("");
  });
  test("the module name is the file name without ending", () => {
    expect(file("").moduleName).toBe("main");
    expect(new SourceFile(0, "a/b.txt", "").moduleName).toBe("b.txt");
  });
});

describe("encoding", () => {
  test("a byte order mark is skipped and counts in byte offsets only", () => {
    const f = fromBytes(0xef, 0xbb, 0xbf, 0x78);
    expect([f.text, f.encodingError]).toEqual(["x", null]);
    expect(fromBytes(0xef, 0xbb, 0xbf, 0x78, 0xff).encodingError).toEqual({ at: 1, byte: 0xff, byteOffset: 4 });
  });
  test.each([
    ["a byte that starts nothing", [0x61, 0xff], 1],
    ["a lone continuation", [0x80], 0],
    ["a cut sequence", [0x61, 0xc3], 1],
    ["an overlong form", [0xc0, 0xaf], 0],
    ["an overlong form of three", [0xe0, 0x80, 0xaf], 0],
    ["a surrogate", [0xed, 0xa0, 0x80], 0],
    ["a value above U+10FFFF", [0xf4, 0x90, 0x80, 0x80], 0],
    ["NUL", [0xc3, 0xa9, 0x00], 2],
  ])("%s is found", (_, bytes, offset) => {
    expect(fromBytes(...bytes).encodingError?.byteOffset).toBe(offset);
  });
  test("agrees with the decoder of the host on all sequences of two bytes", () => {
    const strict = new TextDecoder("utf-8", { fatal: true });
    for (let a = 1; a < 256; a++) {
      for (let b = 1; b < 256; b++) {
        let valid = true;
        try {
          strict.decode(new Uint8Array([a, b]));
        } catch {
          valid = false;
        }
        if ((fromBytes(a, b).encodingError === null) !== valid) throw new Error(`${a} ${b}`);
      }
    }
  });
});
