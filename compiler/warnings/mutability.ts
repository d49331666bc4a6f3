/**
 * W0005: `mut` for a variable that keeps its first value. Changing elements or fields needs no `mut`. Exempt is what is
 * `pub`, what nothing reads (W0001 says so already), and `mut name[N]: T`, a form that has no other spelling.
 *
 * The fix keeps the meaning: a plain `x = e` would assign to a visible `x`, and in a branch it would outlive its block,
 * so where the name is declared elsewhere in the same function the edit writes the type instead: `x: i32 = e`.
 */
import { type Type, typeName } from "../analysis/types.js";
import type { Diagnostic, Edit } from "../diagnostics/diagnostic.js";
import { span } from "../source/span.js";
import type { Declared } from "./facts.js";
import { isExempt, type Rule } from "./rule.js";

export const neverReassigned: Rule = {
  formal: false,
  find: ({ facts, file }) => {
    const times = new Map<string, number>();
    for (const { name } of facts.variables) times.set(name.text, (times.get(name.text) ?? 0) + 1);
    for (const { symbol } of facts.functions) times.set(symbol.name, (times.get(symbol.name) ?? 0) + 1);
    return facts.variables
      .filter(({ symbol, name, bind }) => {
        if (!bind?.mut || bind.pub || symbol.assigned || isExempt(name.text) || !facts.read.has(symbol)) return false;
        return file.text[name.span.end] !== "[";
      })
      .map((v) => keepsValue(v, times.get(v.name.text)! > 1));
  },
};

function keepsValue({ symbol, name, bind }: Declared, again: boolean): Diagnostic {
  const edit = again && bind!.annotation === null ? withType(name, symbol.type) : [];
  const fix = edit ? { title: "remove `mut`", edits: [withoutMut(bind!, name), ...edit] } : null;
  return {
    code: "W0005",
    span: name.span,
    label: `\`${name.text}\` keeps its first value`,
    help: [
      edit && edit.length > 0
        ? `declare it by its type: \`${name.text}: ${typeName(symbol.type)} = …\``
        : "remove `mut`",
    ],
    ...(fix ? { fixes: [fix] } : {}),
  };
}

/** The statement begins with `mut`. */
const withoutMut = (bind: NonNullable<Declared["bind"]>, name: Declared["name"]): Edit => ({
  span: span(name.span.file, bind.span.start, name.span.start),
  text: "",
});

/** The edit that writes the type; null where it has no short spelling. */
const withType = (name: Declared["name"], type: Type): Edit[] | null =>
  type.kind === "prim"
    ? [{ span: span(name.span.file, name.span.end, name.span.end), text: `: ${typeName(type)}` }]
    : null;
