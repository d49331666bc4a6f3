/** The text form of a checked tree. */
import { expect, test } from "@jest/globals";
import { check, dumpTypes } from "../../../compiler/analysis/index.js";
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { parseText } from "./parse.js";

const dump = (source: string): string => {
  const sink = new Sink();
  const { module, at } = parseText(source, sink);
  check([module], sink);
  return dumpTypes(module, (span, end) => at(end ? span.end : span.start));
};

test("types, mutability and declarations", () => {
  expect(dump("a = 1\nmut t: i64 = -2\nt += a as i64\nfn f(n: i64):\n    t = n\nf(t)\n")).toBe(`module main
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
  fn f -> void 4:1-5:10
    param n i64
    bind 5:5-5:10
      target t assigns mut i64 used-in-functions -> 2:5
      name n 5:9-5:10 i64 -> 4:6
  expr 6:1-6:5
    call 6:1-6:5 void
      name f 6:1-6:2 fn -> 4:4
      name t 6:3-6:4 i64 -> 2:5
`);
});

test("what was not found out is a question mark", () => {
  expect(dump("x = ghost + 1\n")).toContain("target x declares ?");
});
