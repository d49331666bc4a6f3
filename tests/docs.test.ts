/**
 * The programs in docs/language.md and README.md do what the pages say. Blocks, by what follows the fence:
 *
 * - `orus`: a program; the `text` block after it is its output and, if it ends with an error, the report. An `input` block between
 *   them is its standard input.
 * - `orus error E1234`: a program that is rejected with this code, and nothing else; a `text` block after it is the report.
 * - `orus a/b.orus`: a module, for all programs below it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { compile, type Host, renderAll, renderRuntime } from "../compiler/index.js";
import { ROOT } from "./conformance/probes.js";
import { inEngine } from "./support/tiers.js";

/** The least number of programs with their output; so many cannot vanish because a fence is misspelt. */
const PAGES = { "docs/language.md": 30, "README.md": 1 };
/** The same for programs that are rejected. */
const REJECTED = 5;

const BLOCKS = /^```orus(?: ([^\n]+))?\n(.*?)^```\n(?:\n?```input\n(.*?)^```\n)?(?:\n?```text\n(.*?)^```\n)?/gms;
const MAIN = "main.orus";
const LAYOUT = { format: "pretty", maxErrors: 0 } as const;

interface Program {
  readonly line: number;
  readonly text: string;
  readonly input: string;
  /** The block after it. */
  readonly shown: string | undefined;
  /** The code that it is rejected with. */
  readonly code: string | undefined;
  readonly modules: ReadonlyMap<string, string>;
}

function programsOf(page: string): Program[] {
  const modules = new Map<string, string>();
  const all = readFileSync(join(ROOT, page), "utf8");
  const found: Program[] = [];
  for (const { 1: kind = "", 2: text = "", 3: input = "", 4: shown, index } of all.matchAll(BLOCKS)) {
    const line = all.slice(0, index).split("\n").length;
    const code = /^error (E\d{4})$/.exec(kind)?.[1];
    if (kind.endsWith(".orus")) modules.set(kind, text);
    else if (kind === "" || code !== undefined)
      found.push({ line, text, input, shown, code, modules: new Map(modules) });
    else throw new Error(`${page}:${line}: a block of an unknown kind, ${kind}`);
  }
  return found;
}

const hostOf = ({ text, modules }: Program): Host => ({
  read(path) {
    const found = path === MAIN ? text : modules.get(path);
    return found === undefined
      ? { failed: "there is no such file", absent: true }
      : { bytes: new TextEncoder().encode(found) };
  },
  modules: { candidates: (name) => [name], identity: (path) => path },
});

function outcome(program: Program): { readonly codes: readonly string[]; readonly shown: string } {
  const { chunk, files, diagnostics } = compile(MAIN, hostOf(program));
  const codes = diagnostics.map((d) => d.code);
  if (chunk === null) return { codes, shown: renderAll(diagnostics, files, LAYOUT) };
  const compiled = { chunk, files, input: new TextEncoder().encode(program.input) };
  const { out, run } = inEngine(compiled, { engine: "interp" }, null);
  return { codes, shown: run.error === null ? out : out + renderRuntime(run.error, files, LAYOUT) };
}

describe.each(Object.entries(PAGES))("%s", (page, least) => {
  const programs = programsOf(page);
  const pairs = programs.filter(({ code, shown }) => code === undefined && shown !== undefined);
  test("every program has its output", () => {
    expect(pairs.length).toBeGreaterThanOrEqual(least);
    expect(programs.filter((p) => p.code === undefined && p.shown === undefined).map((p) => p.line)).toEqual([]);
  });
  test.each(pairs)("line $line", (program) => {
    expect(outcome(program)).toEqual({ codes: [], shown: program.shown });
  });
});

test("rejected programs", () => {
  const rejected = programsOf("docs/language.md").filter(({ code }) => code !== undefined);
  expect(rejected.length).toBeGreaterThanOrEqual(REJECTED);
  for (const program of rejected) {
    const { codes, shown } = outcome(program);
    expect([program.line, ...codes]).toEqual([program.line, program.code]);
    if (program.shown !== undefined) expect(shown).toEqual(program.shown);
  }
});
