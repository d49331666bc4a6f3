/**
 * What operators ask of a type that is not known yet (types 5, 21.5). The need stays with the type variable until it
 * gets a type; what is left when a function is generalised goes into its scheme, and is asked of each instance.
 */
import type { Type } from "../analysis/types.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { isNumber, isPrim, isUnsignedWhole, isWhole, type Need, prune, show } from "./types.js";

/** Whether a known type supports what is needed. */
export function supports(type: Type, need: Need): boolean {
  const t = prune(type);
  // A value of type any is looked at when the program runs.
  if (t.kind === "any" || t.kind === "error") return true;
  switch (need.what) {
    case "add":
      return isNumber(t) || isPrim(t, "string");
    case "arithmetic":
    case "number":
      return isNumber(t);
    case "order":
      return isNumber(t) || isPrim(t, "string");
    case "negate":
      return isNumber(t) && !isUnsignedWhole(t);
    case "length":
      return t.kind === "array" || isPrim(t, "string");
    case "integer":
      return isWhole(t);
    case "cast":
      return castExists(t, need.to!);
  }
}

/** `e as T` between known types (core 14). */
export function castExists(from: Type, to: Type): boolean {
  const f = prune(from);
  const t = prune(to);
  if (f.kind === "error" || t.kind === "error" || f.kind === "any") return true;
  if (f.kind !== "prim" || t.kind !== "prim") return false;
  return f.name === t.name || f.name !== "string";
}

/** The message for a type that lacks what is needed. */
export function lacking(type: Type, need: Need): Diagnostic {
  const name = show(type);
  const whose = need.fn === null ? "" : `, which \`${need.fn}\` needs`;
  const labels = need.fn === null ? [] : [{ span: need.at, text: `\`${need.op}\` stands here` }];
  const base = { span: need.span, labels };
  switch (need.what) {
    case "cast":
      return {
        ...base,
        code: "E2005",
        label: `\`${name}\` cannot be cast to \`${show(need.to!)}\`${whose}`,
      };
    case "length":
      return { ...base, code: "E2001", label: `\`${need.op}\` takes a \`string\` or an array, this is \`${name}\`` };
    case "integer":
    case "number":
      return { ...base, code: "E2001", label: `\`${need.op}\` needs an integer, this is \`${name}\`` };
    case "negate":
      return { ...base, code: "E2007", label: `\`-\` is not defined for \`${name}\`${whose}` };
    default:
      return { ...base, code: "E2007", label: `\`${name}\` ${need.op} \`${name}\` is not defined${whose}` };
  }
}
