/**
 * Diagnostics as text (diagnostics.md 2): pretty for people, short for tools that read lines, JSON for editors; and
 * run-time errors with the calls that led to them (section 6). Pure: data in, text out; the caller writes it to standard
 * error and decides about colour.
 */
import type { SourceFile } from "../source/file.js";
import type { Span } from "../source/span.js";
import type { Diagnostic } from "./diagnostic.js";
import { excerpt, type Mark } from "./excerpt.js";
import { type Paint, PLAIN, textWidth, wrap } from "./paint.js";
import { CATEGORIES, rowOf, severityOf } from "./table.js";

export type Format = "pretty" | "short" | "json";
export const DEFAULT_MAX_ERRORS = 20;

export interface RenderOptions {
  /** Default `pretty`. */
  readonly format?: Format;
  /** Default no colour; used by `pretty` only. */
  readonly paint?: Paint;
  /** How many are shown; 0 shows all. Default 20. */
  readonly maxErrors?: number;
}

/** One line of a call trace, innermost first; the place is that of the call, on the callee's name. */
export interface TraceEntry {
  /** The function that made the call; `main` for module-level code. */
  readonly name: string;
  readonly span: Span;
}

/** An uncaught run-time error. */
export interface RuntimeReport {
  readonly diagnostic: Diagnostic;
  /** What `catch` would have seen, without `Error: `. */
  readonly message: string;
  /** Of a long trace only the two ends are kept. */
  readonly trace: readonly TraceEntry[];
  /** Calls that are missing in the middle of it. Default 0. */
  readonly omitted?: number;
}

/** Columns of a header and of wrapped text. */
const WIDTH = 80;
/** Frames shown; of more the middle is left out. */
const MAX_FRAMES = 20;

/** By file, then position; the same place keeps the order in which it was reported. */
export function sortDiagnostics(list: readonly Diagnostic[]): Diagnostic[] {
  return [...list].sort((a, b) => a.span.file - b.span.file || a.span.start - b.span.start);
}

/** All diagnostics of a run, with the summary in the pretty layout. Empty for none. */
export function renderAll(
  list: readonly Diagnostic[],
  files: readonly SourceFile[],
  options: RenderOptions = {},
): string {
  if (list.length === 0) return "";
  const { format = "pretty", paint = PLAIN, maxErrors = DEFAULT_MAX_ERRORS } = options;
  const sorted = sortDiagnostics(list);
  const shown = maxErrors > 0 ? sorted.slice(0, maxErrors) : sorted;
  const left = sorted.length - shown.length;
  let text = shown.map((d) => renderOne(d, files, format, paint)).join("");
  if (format === "json") return text;
  if (left > 0) text += `${left} more not shown (\`--max-errors=0\` shows all)\n`;
  return format === "pretty" ? `${text}${summary(list)}\n` : text;
}

/** `2 errors, 1 warning`. */
export function summary(list: readonly Diagnostic[]): string {
  const errors = list.filter((d) => severityOf(d.code) === "error").length;
  const warnings = list.length - errors;
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
  if (warnings === 0) return count(errors, "error");
  return errors === 0 ? count(warnings, "warning") : `${count(errors, "error")}, ${count(warnings, "warning")}`;
}

/** One diagnostic with its line end; in the pretty layout a blank line follows. */
export function renderOne(
  d: Diagnostic,
  files: readonly SourceFile[],
  format: Format = "pretty",
  paint: Paint = PLAIN,
): string {
  switch (format) {
    case "short":
      return short(d, files, d.label === "" ? rowOf(d.code).title : d.label);
    case "json":
      return json(d, files, d.label === "" ? rowOf(d.code).title : d.label);
    default:
      return pretty(d, files, paint);
  }
}

/** An uncaught run-time error with its call trace. */
export function renderRuntime(
  report: RuntimeReport,
  files: readonly SourceFile[],
  options: RenderOptions = {},
): string {
  const { format = "pretty", paint = PLAIN } = options;
  const { message, trace } = report;
  const row = rowOf(report.diagnostic.code);
  const help = report.diagnostic.help ?? (row.help === undefined ? [] : [row.help]);
  // Without words of its own the message stands under the caret, unless the title says it already.
  const label = report.diagnostic.label !== "" || message === row.title ? report.diagnostic.label : message;
  const d: Diagnostic = { ...report.diagnostic, help, label };
  if (format === "short") return short(d, files, message);
  if (format === "json") return json(d, files, message, trace);
  return pretty(d, files, paint) + renderTrace(trace, report.omitted ?? 0, files);
}

/**
 * `called from NAME  FILE:LINE:COL`, innermost first, and a blank line; nothing for an error in module-level code. `omitted`
 * calls are missing in the middle of the trace: of them nothing but the number is known, so they count as calls of one
 * function only if everything before them, and what comes next, is that function.
 */
function renderTrace(trace: readonly TraceEntry[], omitted: number, files: readonly SourceFile[]): string {
  if (trace.length === 0) return "";
  const half = MAX_FRAMES / 2;
  const long = trace.length + omitted > MAX_FRAMES;
  const shown = long ? [...trace.slice(0, half), ...trace.slice(-half)] : trace;
  const width = Math.max(...shown.map((t) => textWidth(t.name)));
  const lines = shown.map(
    (t) => `called from ${t.name}${" ".repeat(width - textWidth(t.name))}  ${place(t.span, files)}`,
  );
  if (long) {
    const skipped = trace.slice(half, -half);
    const names = new Set((omitted > 0 ? trace.slice(0, half + 1) : skipped).map((t) => t.name));
    const calls = `${skipped.length + omitted} more calls`;
    lines.splice(half, 0, `... ${calls}${names.size === 1 ? ` of ${[...names][0]}` : ""} ...`);
  }
  return `${lines.join("\n")}\n\n`;
}

/** `FILE:LINE:COL`. */
export function place(span: Span, files: readonly SourceFile[]): string {
  const file = files[span.file];
  if (file === undefined) return "?";
  const { line, column } = file.position(span.start);
  return `${file.path}:${line}:${column}`;
}

function pretty(d: Diagnostic, files: readonly SourceFile[], paint: Paint): string {
  const row = rowOf(d.code);
  const main = severityOf(d.code) === "error" ? paint.error : paint.warning;
  const where = place(d.span, files);
  const head = `-- ${CATEGORIES[row.category]} [${d.code}]: `;
  const dashes = "-".repeat(Math.max(3, WIDTH - textWidth(head) - textWidth(row.title) - textWidth(where) - 2));
  const lines = [`${main(head)}${paint.title(row.title)} ${dashes} ${where}`, ""];

  // The words under the caret are left out where the title says the same.
  const marks: Mark[] = [{ span: d.span, text: d.label === row.title ? "" : d.label, primary: true }];
  for (const label of d.labels ?? []) marks.push({ span: label.span, text: label.text, primary: false });
  const groups = new Map<number, Mark[]>();
  for (const mark of marks) {
    const group = groups.get(mark.span.file);
    if (group === undefined) groups.set(mark.span.file, [mark]);
    else group.push(mark);
  }
  const lastLine = Math.max(...marks.map((m) => files[m.span.file]?.line(m.span.start) ?? 1));
  const gutter = String(lastLine).length;
  const margin = " ".repeat(gutter);
  const bar = paint.secondary("|");
  // A file that could not be read has no line to show: the words stand alone.
  const unread = files[d.span.file]?.text === "" && d.label !== "";
  if (unread) lines.push(d.label);
  for (const [index, group] of unread ? [] : groups) {
    const file = files[index];
    if (file === undefined) continue;
    if (index !== d.span.file) lines.push(`${margin} ${bar}`, `${margin} ${bar} in ${place(group[0]!.span, files)}:`);
    lines.push(...excerpt(file, group, gutter, paint, main));
  }

  const said = new Set([row.title, d.label, ...(d.labels ?? []).map((l) => l.text)]);
  const tail: string[] = [];
  const add = (prefix: string, painted: string, text: string): void => {
    if (said.has(text)) return;
    said.add(text);
    const indent = gutter + 3 + prefix.length;
    wrap(text, WIDTH - indent).forEach((line, i) => {
      tail.push(i === 0 ? `${margin} ${paint.secondary("=")} ${painted}${line}` : `${" ".repeat(indent)}${line}`);
    });
  };
  if (d.explanation !== undefined) add("", "", d.explanation);
  for (const help of d.help ?? []) add("help: ", paint.help("help: "), help);
  for (const note of d.notes ?? []) add("note: ", paint.note("note: "), note);
  if (tail.length > 0) lines.push(`${margin} ${bar}`, ...tail);
  return `${lines.join("\n")}\n\n`;
}

function short(d: Diagnostic, files: readonly SourceFile[], message: string): string {
  // A message may have several lines (`assert_eq`): one line per diagnostic is what this layout promises.
  return `${place(d.span, files)}: ${severityOf(d.code)}[${d.code}]: ${message.replace(/\s*\n\s*/g, "; ")}\n`;
}

function json(d: Diagnostic, files: readonly SourceFile[], message: string, trace?: readonly TraceEntry[]): string {
  const row = rowOf(d.code);
  const range = (s: Span): { line: number; col: number; end_line: number; end_col: number } => {
    const file = files[s.file];
    const from = file?.position(s.start) ?? { line: 1, column: 1 };
    const to = file?.position(s.end) ?? from;
    return { line: from.line, col: from.column, end_line: to.line, end_col: to.column };
  };
  const path = (s: Span): string => files[s.file]?.path ?? "?";
  const data = {
    severity: severityOf(d.code),
    code: d.code,
    category: row.category,
    title: row.title,
    message,
    file: path(d.span),
    ...range(d.span),
    labels: (d.labels ?? []).map((l) => ({ file: path(l.span), ...range(l.span), text: l.text })),
    help: d.help ?? [],
    notes: [...(d.explanation === undefined ? [] : [d.explanation]), ...(d.notes ?? [])],
    fixes: (d.fixes ?? []).map((f) => ({
      title: f.title,
      edits: f.edits.map((e) => ({ ...range(e.span), text: e.text })),
    })),
    ...(trace === undefined
      ? {}
      : {
          trace: trace.map((t) => {
            const { line, col } = range(t.span);
            return { function: t.name, file: path(t.span), line, col };
          }),
        }),
  };
  return `${JSON.stringify(data)}\n`;
}
