/**
 * The door of the folder: warnings about a checked program (diagnostics.md 7). Not part of compiling: nothing here is
 * loaded unless somebody asks for warnings, and no warning changes what a program does.
 */
import type { Checked } from "../analysis/checked.js";
import type { Diagnostic, Sink } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/file.js";
import { allowances } from "./allow.js";
import { dropped } from "./dropped.js";
import { endless } from "./endless.js";
import { factsOf } from "./facts.js";
import { failing } from "./failing.js";
import { floatEquality } from "./floats.js";
import { hiding } from "./hiding.js";
import { loopVariable } from "./loop-variable.js";
import { neverReassigned } from "./mutability.js";
import type { Rule, Subject } from "./rule.js";
import { unreached } from "./unreached.js";
import { unused } from "./unused.js";

const RULES: readonly Rule[] = [
  unused,
  unreached,
  dropped,
  hiding,
  neverReassigned,
  failing,
  endless,
  floatEquality,
  loopVariable,
];

/** Reports the warnings of every module, except those that their lines allow. */
export function warn(checked: Checked, files: readonly SourceFile[], sink: Sink): void {
  const rules = sink.hasErrors ? RULES.filter((rule) => rule.formal) : RULES;
  for (const module of checked.modules) {
    const file = files[module.module.file]!;
    const subject: Subject = {
      checked: module,
      implicitResults: checked.implicitResults,
      file,
      facts: factsOf(module),
    };
    const found = rules.flatMap((rule) => rule.find(subject));
    for (const d of allowed(found, file)) sink.report(d);
  }
}

function allowed(found: readonly Diagnostic[], file: SourceFile): readonly Diagnostic[] {
  if (found.length === 0) return found;
  const lines = allowances(file);
  return found.filter((d) => !lines.get(file.line(d.span.start))?.has(d.code));
}
