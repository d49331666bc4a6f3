/** `try` and `catch` (types-and-modules 13). */
import { expect, test } from "@jest/globals";
import { errors, tree } from "./helper.js";

test.each([
  ["try:\n    a\n    b\ncatch err:\n    c\nd\n", "try {a; b} catch err {c}; d"],
  ["try: a\ncatch: b\nd\n", "try {a} catch - {b}; d"],
  ["try:\n    a\n\n// why\ncatch e: b; c\nd\n", "try {a} catch e {b; c}; d"],
  [
    "while a:\n    try:\n        break\n    catch _:\n        try: b\n        catch: continue\n",
    "while a {try {break} catch _ {try {b} catch - {continue}}}",
  ],
  ["f = fn():\n    try: a\n    catch e: b\nc\n", "f = fn():{try {a} catch e {b}}; c"],
  ["finally = 1\ntry: a\ncatch: b\nfinally = 2\n", "finally = 1; try {a} catch - {b}; finally = 2"],
])("%j", (source, shown) => {
  expect(tree(source)).toBe(shown);
});

test.each([
  ["try:\n    a\nb\n", ["1:1 E1031"]],
  ["try:\n    a =\nb\n", ["1:1 E1031", "2:8 E1026"]],
  ["if x:\n    try:\n        a\ncatch e:\n    b\n", ["2:5 E1031", "4:1 E1030"]],
  ["catch e:\n    b =\n", ["1:1 E1030", "2:8 E1026"]],
  ["try\n    a\ncatch e\n    b\n", ["1:4 E1002", "3:8 E1002"]],
  ["try:\n    a\ncatch if:\n    b\n", ["3:7 E1027"]],
  ["try:\n    a\ncatch e:\nb\n", ["4:1 E1407"]],
  ["try:\ncatch e:\n    b\n", ["2:1 E1407"]],
  ["try {\n    a\n} catch e {\n    b\n}\n", ["1:5 E1033", "3:11 E1033"]],
  ["try:\n    a\ncatch e as T:\n    b =\nfinally:\n    c =\n", ["1:1 E1099", "4:8 E1026", "6:8 E1026"]],
])("%j", (source, expected) => {
  expect(errors(source)).toEqual(expected);
});
