/**
 * What the lowering may rely on: in a program without mistakes every expression has a final type, conversions and type
 * arguments are final too, and whatever stands in the text, checking never throws.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Type } from "../../../compiler/analysis/types.js";
import { probesOf } from "../../conformance/probes.js";
import { check } from "./helper.js";

const EXPRESSIONS = new Set(
  "int float string bool name paren unary binary logic cast cond call array index slice member struct fn match block".split(
    " ",
  ),
);

function open(type: Type): boolean {
  switch (type.kind) {
    case "var":
    case "error":
      return true;
    case "array":
      return open(type.element);
    case "fn":
      return type.params.some(open) || open(type.result);
    case "enum":
      return type.args.some(open);
    default:
      return false;
  }
}

interface Node {
  readonly kind?: string;
  readonly type?: Type;
  readonly convert?: { readonly to: Type };
  readonly typeArgs?: readonly Type[];
  readonly span?: { readonly start: number; readonly end: number };
}

/** Fields that lead out of the tree, and names before a dot, which need not be values. */
const LINKS = new Set([
  "symbol",
  "type",
  "convert",
  "typeArgs",
  "resolved",
  "fn",
  "target",
  "variant",
  "bindings",
  "span",
]);

function incomplete(top: object, text: string): string[] {
  const wrong: string[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, key: string, isStatement: boolean): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) visit(item, key, isStatement);
      return;
    }
    const node = value as Node;
    const types = [...(node.typeArgs ?? []), ...(node.convert ? [node.convert.to] : [])];
    if (!isStatement && EXPRESSIONS.has(node.kind ?? "") && node.span) {
      const quiet =
        (node.kind === "name" || node.kind === "member") && (key === "callee" || key === "object" || key === "length");
      if (node.type) types.push(node.type);
      else if (!quiet) wrong.push(`no type: ${text.slice(node.span.start, node.span.end)}`);
    }
    if (types.some(open)) wrong.push(`open: ${node.span ? text.slice(node.span.start, node.span.end) : key}`);
    for (const [name, part] of Object.entries(value)) {
      if (LINKS.has(name) && !(name === "target" && node.kind === "foreach")) continue;
      if (name === "annotation" || name === "result" || name === "path") continue;
      visit(part, name, name === "statements" || name === "methods");
    }
  };
  visit(top, "", true);
  return wrong;
}

test("every expression of a right program has a final type", () => {
  const wrong: string[] = [];
  for (const folder of ["core", "types"])
    for (const probe of probesOf(folder)) {
      const { program, diagnostics, files } = check({ [probe.file]: probe.source }, probe.file);
      if (!program || diagnostics.length > 0) continue;
      for (const { module, variables } of program.modules) {
        for (const what of incomplete(module.body, files[0]!.text)) wrong.push(`${probe.name}: ${what}`);
        for (const v of variables) if (open(v.type)) wrong.push(`${probe.name}: ${v.name}`);
      }
    }
  expect(wrong).toEqual([]);
});

/** Words that may stand for each other, so that most changed programs still parse. */
const kindOf = (word: string): string =>
  /^\s/.test(word)
    ? "blank"
    : /^[a-z_]\w*$/.test(word)
      ? "name"
      : /^[A-Z]/.test(word)
        ? "type"
        : /^["\d]/.test(word)
          ? "literal"
          : word;

test("checking never throws", () => {
  const texts = ["core", "types", "errors"].flatMap((folder) =>
    probesOf(folder).map((p) => new TextDecoder().decode(p.source)),
  );
  const words = texts.map((text) => text.match(/\s+|\w+|"[^"\n]*"|./g) ?? []);
  const any = fc.nat();
  let checked = 0;
  fc.assert(
    fc.property(any, fc.array(fc.tuple(any, any, any), { minLength: 1, maxLength: 6 }), (which, edits) => {
      const list = [...words[which % words.length]!];
      for (const [at, from, index] of edits) {
        const i = at % Math.max(list.length, 1);
        const other = words[from % words.length]!;
        const same = other.filter((word) => kindOf(word) === kindOf(list[i] ?? ""));
        if (same.length > 0) list[i] = same[index % same.length]!;
      }
      if (check(list.join("")).program) checked++;
    }),
    { numRuns: 2000 },
  );
  expect(checked).toBeGreaterThan(200);
});
