/**
 * One input through the front end, and what must hold whatever it is: no exception, no long time, diagnostics that can
 * be shown in every layout and lie inside the file, an error for what is rejected, bytecode that the verifier accepts for
 * the rest.
 */
import { type Diagnostic, type Edit, type Fix, renderAll } from "../../../compiler/diagnostics/index.js";
import { TABLE } from "../../../compiler/diagnostics/table.js";
import { type CompileResult, compile, type SourceFile, verify } from "../../../compiler/index.js";
import { warn } from "../../../compiler/warnings/index.js";
import { alone } from "./inputs.js";

/** Milliseconds for an input of a few thousand characters; more is a hang. */
export const MAX_MS = 2_000;
export const SLOW = "slow";
/** What a layout says about a value that was never there. */
const HOLES = ["undefined", "[object ", "NaN"];

export interface Seen {
  readonly accepted: boolean;
  /** Different ones, sorted. */
  readonly codes: readonly string[];
}
/** Something that must not be. `what` says which rule was broken, the same for inputs that show the same fault. */
export class Fault extends Error {
  constructor(
    readonly what: string,
    detail = "",
  ) {
    super(detail === "" ? what : `${what}: ${detail}`);
  }
}

/** Examines an input; throws a `Fault`. */
export function examine(bytes: Uint8Array): Seen {
  const first = performance.now();
  const seen = examineUntimed(bytes);
  if (performance.now() - first <= MAX_MS) return seen;
  // The machine may have been busy: only what is slow twice is slow.
  const second = performance.now();
  examineUntimed(bytes);
  const ms = performance.now() - second;
  if (ms > MAX_MS) throw new Fault(SLOW, `${Math.round(ms)} ms`);
  return seen;
}

function examineUntimed(bytes: Uint8Array): Seen {
  const result = guarded("compile", () => compile("t.orus", alone("t.orus", bytes), warn));
  const { diagnostics, chunk, files } = result;
  for (const d of diagnostics) checkDiagnostic(d, files);
  checkLayouts(result);
  const errors = diagnostics.filter((d) => d.code.startsWith("E")).length;
  if (chunk === null && errors === 0) throw new Fault("rejected without an error");
  if (chunk !== null && errors > 0) throw new Fault("accepted with errors");
  if (chunk !== null) {
    const wrong = guarded("verify", () => verify(chunk));
    if (wrong !== null) throw new Fault("the verifier refuses the bytecode", wrong);
  }
  return { accepted: chunk !== null, codes: [...new Set(diagnostics.map((d) => d.code))].sort() };
}

function guarded<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (e) {
    const error = e instanceof Error ? e : new Error(String(e));
    throw new Fault(`${what} throws ${error.message.split("\n")[0]}`, error.stack ?? "");
  }
}

function checkDiagnostic(d: Diagnostic, files: readonly SourceFile[]): void {
  if (!Object.hasOwn(TABLE, d.code)) throw new Fault("a code that is not in the table", d.code);
  const inside = (what: string, span: Diagnostic["span"]): void => {
    const length = files[span.file]?.text.length ?? -1;
    if (!(Number.isInteger(span.start) && span.start >= 0 && span.start <= span.end && span.end <= length))
      throw new Fault(`${d.code}: ${what} is outside the file`, `${span.start} to ${span.end} of ${length}`);
  };
  inside("the span", d.span);
  for (const label of d.labels ?? []) inside("a label", label.span);
  for (const fix of d.fixes ?? []) {
    for (const edit of fix.edits) inside("an edit", edit.span);
    if (overlap(fix)) throw new Fault(`${d.code}: edits lie on each other`, fix.title);
  }
}

function overlap(fix: Fix): boolean {
  const edits: Edit[] = [...fix.edits].sort((a, b) => a.span.start - b.span.start);
  return edits.some((e, i) => i > 0 && e.span.start < edits[i - 1]!.span.end);
}

function checkLayouts({ diagnostics, files }: CompileResult): void {
  const render = (format: "pretty" | "short" | "json", maxErrors?: number): string =>
    guarded(`the ${format} layout`, () => renderAll(diagnostics, files, { format, maxErrors }));
  const [pretty, short, json] = [render("pretty"), render("short", 0), render("json", 0)];
  const source = files[0]!.text;
  for (const hole of HOLES)
    if (`${pretty}${short}`.includes(hole) && !source.includes(hole)) throw new Fault(`a layout says ${hole}`, short);
  const lines = (text: string): number => text.split("\n").length - 1;
  if (lines(short) !== diagnostics.length) throw new Fault("the short layout has no line for each diagnostic", short);
  if (lines(json) !== diagnostics.length) throw new Fault("the JSON layout has no line for each diagnostic", json);
  for (const line of json.split("\n")) if (line !== "") guarded("JSON.parse", () => JSON.parse(line));
}
