/**
 * The examples of `orus explain` are true: each wrong program gives exactly its code, at compile time or when it runs, and
 * each right one runs without any diagnostic, warnings included. Codes of planned parts of the language are marked in the table.
 */
import { expect, test } from "@jest/globals";
import { ENTRIES, type Example, type Program } from "../../../compiler/diagnostics/explain/index.js";
import { type Code, rowOf, severityOf } from "../../../compiler/diagnostics/index.js";
import { compile, type Host } from "../../../compiler/index.js";
import { warn } from "../../../compiler/warnings/index.js";
import { type RunOptions, runChunk } from "../../../jit/index.js";

/** Codes that no program shows: they are about files and about Orus itself. */
const PROMPTS: readonly Code[] = ["E3001", "E3007", "E9001"];

const codes = Object.keys(ENTRIES) as Code[];
const programs = codes.filter((code) => !PROMPTS.includes(code));
/** Rows of the table that are marked: their examples need more of the language than there is so far. */
const planned = codes.filter((code) => rowOf(code).planned === true);

/** No example runs for ever. */
const FUEL = 1_000_000;
/** The options that examples use, as options of the engine. */
const OPTIONS: Readonly<Record<string, (value: string) => RunOptions>> = {
  "--fuel": (value) => ({ fuel: Number(value) }),
  "--max-heap": (value) => ({ maxHeap: Number(value.replace("M", "")) * 2 ** 20 }),
};

/** The codes of everything that is reported about an example, and, if it is run, of what ends it; each once. */
function outcome(example: Example, runs: boolean): readonly string[] {
  if (typeof example !== "string" && "prompt" in example) throw new Error("not a program");
  const program: Program = typeof example === "string" ? { text: example } : example;
  const { text, modules = {}, options = [], encoding } = program;
  const files = new Map(Object.entries({ main: text, ...modules }).map(([name, each]) => [`${name}.orus`, each]));
  const read = (path: string): ReturnType<Host["read"]> => {
    const found = files.get(path);
    return found === undefined
      ? { failed: "no such file", absent: true }
      : { bytes: Buffer.from(found.slice(1), encoding ?? "utf8") };
  };
  const compiled = compile("main.orus", { read }, warn);
  const reported = new Set<string>(compiled.diagnostics.map((d) => d.code));
  if (compiled.chunk && runs) {
    const limits = options.map((option) => {
      const [name, value] = option.split("=") as [string, string];
      return OPTIONS[name]?.(value) ?? { unknown: name };
    });
    if (limits.some((limit) => "unknown" in limit)) return ["an option that the engine does not know"];
    const how = Object.assign({ fuel: FUEL }, ...limits) as RunOptions;
    const run = runChunk(
      compiled.chunk,
      compiled.files,
      { ...how, engine: "interp", write: () => 0, read: () => 0 },
      null,
    );
    if (run.error) reported.add(run.error.diagnostic.code);
  }
  return [...reported];
}

const seen = (code: Code): { readonly wrong: readonly string[]; readonly right: readonly string[] } => ({
  // A program with a warning may be one that should not be run.
  wrong: outcome(ENTRIES[code].wrong, severityOf(code) === "error"),
  right: outcome(ENTRIES[code].right, true),
});

test("every code has a text of sentences, and an example of each kind", () => {
  for (const code of codes) {
    const { text, wrong, right } = ENTRIES[code];
    expect([code, text]).toEqual([code, expect.stringMatching(/^[A-Z`].{40,}\.$/s)]);
    for (const example of [wrong, right]) {
      const isPrompt = typeof example !== "string" && "prompt" in example;
      expect([code, isPrompt]).toEqual([code, PROMPTS.includes(code)]);
    }
  }
});

test.each(programs.filter((code) => !planned.includes(code)))("%s", (code) => {
  expect(seen(code)).toEqual({ wrong: [code], right: [] });
});

test("what is marked as planned does not work yet", () => {
  const works = planned.filter((code) => JSON.stringify(seen(code)) === JSON.stringify({ wrong: [code], right: [] }));
  expect(works).toEqual([]);
});
