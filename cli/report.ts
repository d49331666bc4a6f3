/**
 * Diagnostics on standard error, as the options ask. Renderer and colours are loaded when there is something to say:
 * most runs have nothing.
 */

import { resolve } from "node:path";
import type { RenderOptions, RuntimeReport } from "../compiler/diagnostics/index.js";
import type { Diagnostic, SourceFile } from "../compiler/index.js";
import type { Options } from "./options.js";
import { wantsColor, writeText } from "./streams.js";

export interface Found {
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly SourceFile[];
}

async function renderOptions(options: Options): Promise<RenderOptions> {
  const base = { format: options["error-format"], maxErrors: options["max-errors"] };
  if (!(await wantsColor(options.color))) return base;
  const { createColors } = (await import("picocolors")).default;
  const { red, yellow, blue, cyan, green, bold } = createColors(true);
  return { ...base, paint: { error: red, warning: yellow, secondary: blue, help: cyan, note: green, title: bold } };
}

export const isError = (d: Diagnostic): boolean => d.code.startsWith("E");

/** Without what an earlier program has too: a module that several of them use is reported once. */
function distinct(found: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found;
  const seen = new Set<string>();
  return found.map(({ diagnostics, files }) => ({
    files,
    diagnostics: diagnostics.filter(({ code, span, label }) => {
      const key = [resolve(files[span.file]!.path), span.start, span.end, code, label].join("\n");
      return !seen.has(key) && seen.add(key);
    }),
  }));
}

/** Prints the diagnostics of some programs and one summary for all. */
export async function report(results: readonly Found[], options: Options): Promise<void> {
  const found = distinct(results);
  const all = found.flatMap((f) => f.diagnostics);
  if (all.length === 0) return;
  const { renderAll, summary } = await import("../compiler/diagnostics/index.js");
  const how = await renderOptions(options);
  let text = found.map((f) => withoutSummary(renderAll(f.diagnostics, f.files, how), summary(f.diagnostics))).join("");
  if (how.format === "pretty" && options.q === undefined) text += `${summary(all)}\n`;
  writeText(2, text);
}

const withoutSummary = (text: string, summary: string): string =>
  text.endsWith(`${summary}\n`) ? text.slice(0, -summary.length - 1) : text;

/** Prints an uncaught run-time error with its trace. */
export async function reportRuntime(
  error: RuntimeReport,
  files: readonly SourceFile[],
  options: Options,
): Promise<void> {
  const { renderRuntime } = await import("../compiler/diagnostics/index.js");
  writeText(2, renderRuntime(error, files, await renderOptions(options)));
}
