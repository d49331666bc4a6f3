/**
 * The table against the catalogue of the language reference, of which catalogue.md holds the tables: the same codes with the
 * same titles and categories, and for run-time errors the same messages. Warnings have no titles there.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { CATEGORIES, type Code, rowOf, TABLE } from "../../../compiler/diagnostics/index.js";
import { ROOT } from "../../conformance/probes.js";

interface Entry {
  readonly code: string;
  /** Headings that the row stands under: one, or two that share a table. */
  readonly categories: readonly string[];
  readonly cells: readonly string[];
}

/** The cells of a row; a `|` in a text is written `\|`. */
const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.replaceAll("\\|", "|").trim());

function entries(): Entry[] {
  let categories: string[] = [];
  const found: Entry[] = [];
  for (const line of readFileSync(join(ROOT, "tests", "unit", "diagnostics", "catalogue.md"), "utf8").split("\n")) {
    if (line.startsWith("#")) categories = [...line.matchAll(/`([A-Z ]+)`/g)].map((m) => m[1]!);
    if (/^\| [EW]\d/.test(line)) found.push({ code: line.slice(2, 7), categories, cells: cellsOf(line) });
  }
  return found;
}

const all = entries();
/** The first row of each code; further ones add messages. */
const byCode = new Map([...all].reverse().map((entry) => [entry.code, entry]));
const codes = Object.keys(TABLE).filter((code) => code !== "E1099") as Code[];

test("the same codes; only E1099 is of the table alone", () => {
  expect([...codes].sort()).toEqual([...byCode.keys()].sort());
});

test.each(codes)("%s: title and category", (code) => {
  const { categories, cells } = byCode.get(code)!;
  const { category, title } = rowOf(code);
  expect(categories).toContain(CATEGORIES[category]);
  if (category !== "warning") expect(title).toBe(cells[1]);
});

test.each(codes.filter((code) => rowOf(code).category === "runtime"))("%s: messages", (code) => {
  // A cell lists messages in backquotes; the lines of one message are parts of the cell.
  const wanted = all
    .filter((entry) => entry.code === code)
    .flatMap(({ cells: [, , short = "", category, kind] }) =>
      messagesOf(short)
        .flatMap(casts)
        .map((text) => [text, category === "-" ? null : category, kind === "-" ? null : kind]),
    );
  expect(rowOf(code).messages).toEqual(wanted);
});

/** The casts that can fail at run time (core 14): FROM and TO of their message stand for these pairs. */
const CASTS: readonly (readonly [from: string, to: string])[] = [
  ["f64", "i32"],
  ["f64", "i64"],
  ["f64", "u32"],
  ["f64", "u64"],
  ["i32", "u64"],
  ["i64", "u32"],
  ["i64", "u64"],
  ["u64", "i32"],
  ["u64", "i64"],
  ["u64", "u32"],
];
const casts = (text: string): string[] =>
  text.startsWith("FROM ") ? CASTS.map(([from, to]) => text.replace("FROM", from).replace("TO", to)) : [text];

function messagesOf(cell: string): string[] {
  const quoted = [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1]!);
  if (/^three lines/.test(cell)) return [quoted.join("\n")];
  if (cell === "-") return [];
  return quoted.length > 0 ? quoted : ["TEXT"];
}
