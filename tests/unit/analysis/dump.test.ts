/** The text form of a checked tree. */
import { expect, test } from "@jest/globals";
import { dumpTypes } from "../../../compiler/analysis/dump.js";
import { analyse } from "./helper.js";

const dump = (source: string): string => {
  const { checked, at } = analyse(source);
  return dumpTypes(checked!.modules[0]!.module, (span, end) => at(end ? span.end : span.start));
};

test("types, mutability and declarations", () => {
  expect(dump("a = 1\nmut t: i64 = -2\nt += a as i64\nfn f(n: i64): t = n\nf(t)\n")).toBe(`module main
  bind 1:1-1:6
    target a declares i32
    int 1 1:5-1:6 i32
  bind 2:1-2:16
    target t declares mut i64 used-in-functions
    unary - 2:14-2:16 i64
      int 2 2:15-2:16 i64
  compound += 3:1-3:14
    target t assigns mut i64 used-in-functions -> 2:5
    cast i64 3:6-3:14 i64
      name a 3:6-3:7 i32 -> 1:1
  fn f -> void 4:1-4:20
    param n i64
    bind 4:15-4:20
      target t assigns mut i64 used-in-functions -> 2:5
      name n 4:19-4:20 i64 -> 4:6
  expr 5:1-5:5
    call 5:1-5:5 void
      name f 5:1-5:2 fn -> 4:4
      name t 5:3-5:4 i64 -> 2:5
`);
});

test("what was not found out is a question mark", () => {
  expect(dump("x = ghost + 1\n")).toContain("target x declares ?");
});
