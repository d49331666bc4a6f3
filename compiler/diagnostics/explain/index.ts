/**
 * The door of the folder: what `orus explain` says about each code. Loaded by that command only. A code of the table
 * without an entry is a type error here.
 */
import type { Code } from "../table.js";
import { CONTROL } from "./control.js";
import { DECLARED_TYPES } from "./declared-types.js";
import type { Entry } from "./entry.js";
import { MODULES } from "./modules.js";
import { NAMES } from "./names.js";
import { RUNTIME } from "./runtime.js";
import { RUNTIME_VALUES } from "./runtime-values.js";
import { SYNTAX } from "./syntax.js";
import { TYPES } from "./types.js";
import { WARNINGS } from "./warnings.js";

export type { Entry, Example, Program, Prompt } from "./entry.js";

export const ENTRIES: Readonly<Record<Code, Entry>> = {
  ...SYNTAX,
  ...NAMES,
  ...CONTROL,
  ...TYPES,
  ...DECLARED_TYPES,
  ...MODULES,
  ...RUNTIME,
  ...RUNTIME_VALUES,
  ...WARNINGS,
};
