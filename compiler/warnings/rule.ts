/** What a rule gets and gives: each file of this folder is one rule, or a family of them. */
import type { Checked, CheckedModule } from "../analysis/checked.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/file.js";
import type { Facts } from "./facts.js";

export interface Subject {
  readonly checked: CheckedModule;
  readonly implicitResults: Checked["implicitResults"];
  readonly file: SourceFile;
  readonly facts: Facts;
}

export interface Rule {
  /**
   * Looks at the form of statements only, so what it says is true of a program with errors too. The other rules wait until
   * names and types are settled: what is unused because of a misspelt name is no second mistake.
   */
  readonly formal: boolean;
  readonly find: (subject: Subject) => readonly Diagnostic[];
}

/** Names that are meant to be unused. */
export const isExempt = (name: string): boolean => name.startsWith("_");
