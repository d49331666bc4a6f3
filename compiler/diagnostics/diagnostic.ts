/**
 * One diagnostic as data, before any layout. Codes and titles come from `table.ts` (one row per code); what a
 * reporter adds is the place and the words about this very program.
 */
import type { Span } from "../source/span.js";
import type { Code } from "./table.js";

export interface Label {
  readonly span: Span;
  readonly text: string;
}
export interface Edit {
  readonly span: Span;
  readonly text: string;
}
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Diagnostic {
  readonly code: Code;
  /** Primary span. */
  readonly span: Span;
  /** Text under the caret; also the message of the short layout. */
  readonly label: string;
  /** Secondary labels. */
  readonly labels?: readonly Label[];
  /** One or two sentences; optional. */
  readonly explanation?: string;
  readonly help?: readonly string[];
  readonly notes?: readonly string[];
  readonly fixes?: readonly Fix[];
}

/** Collects diagnostics; drops a second one of the same code at the same span. */
export class Sink {
  readonly list: Diagnostic[] = [];
  private readonly seen = new Set<string>();

  report(d: Diagnostic): void {
    const key = `${d.code}:${d.span.file}:${d.span.start}:${d.span.end}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.list.push(d);
  }
  get hasErrors(): boolean {
    return this.list.some((d) => d.code.startsWith("E"));
  }
}
