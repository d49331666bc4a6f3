/**
 * One module: names, then types. Reports into the sink and fills the fields marked "analysis" in the tree.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { ERROR } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import type { ExprStmt, Module, Stmt } from "../syntax/ast.js";
import { findUnassigned } from "./assigned.js";
import { Cx } from "./cx.js";
import { markEarlyReads } from "./early.js";
import { Groups } from "./groups.js";
import type { Resolution } from "./names.js";
import { resolve, type Surroundings } from "./resolve.js";
import { checkStatement } from "./stmt.js";
import type { EnumSymbol, StructSymbol } from "./symbols.js";
import { TypeNodes } from "./type-nodes.js";
import { prune } from "./types.js";

/** What is known of a checked module besides its tree. */
export interface ModuleFacts {
  readonly res: Resolution;
  /** Expression statements whose value is the implicit result of their function (types-and-modules 3.3). */
  readonly implicitResults: ReadonlySet<ExprStmt>;
  /** Variables that branches inside the statement declare for its block: before it they have no value (core 8.2). */
  readonly unassigned: ReadonlyMap<Stmt, readonly VarSymbol[]>;
}

export function checkModule(module: Module, around: Surroundings, sink: Sink): ModuleFacts {
  const res = resolve(module, around, sink);
  let groups: Groups | null = null;
  const cx: Cx = new Cx(
    res,
    sink,
    around.result,
    (fn: FnSymbol) => groups?.ensure(fn),
    (fn: FnSymbol) => groups?.passing(fn),
    (s: Stmt) => groups?.entering(s),
  );
  cx.types = new TypeNodes(res, around.result, cx.unifier);
  declareTypes(cx, res);
  groups = new Groups(cx, res);
  groups.declareSignatures(res.functions);
  for (const s of module.body.statements) checkStatement(cx, s);
  groups.rest();
  cx.finish();
  const unassigned = findUnassigned(res, sink);
  markEarlyReads(res);
  return { res, implicitResults: cx.implicit, unassigned };
}

/** The types of fields and payloads. */
function declareTypes(cx: Cx, res: Resolution): void {
  for (const symbol of res.structs) {
    for (const { name, type } of symbol.node.fields) {
      const field = symbol.fields.find((f) => f.decl === name.span);
      const found = cx.types.of(type);
      if (!field) continue;
      field.type = found;
      field.length = cx.types.length(type);
    }
  }
  for (const symbol of res.enums) {
    for (const { name, payload } of symbol.node!.variants) {
      const variant = symbol.variants.find((v) => v.decl === name.span);
      const entries = payload.map((entry) => ({
        name: entry.name?.text ?? null,
        type: cx.types.of(entry.type, symbol.params),
        length: cx.types.length(entry.type),
      }));
      if (variant) variant.payload = entries;
    }
  }
  for (const symbol of res.structs) containsItself(cx, symbol);
}

/** A struct with a field of its own type, directly or through other structs, could never be made. */
function containsItself(cx: Cx, symbol: StructSymbol): void {
  for (const field of symbol.fields) {
    const type = prune(field.type);
    if (type.kind !== "struct" || type.decl !== symbol) continue;
    const node = symbol.node.fields.find((f) => f.name.span === field.decl);
    cx.report({
      code: "E2023",
      span: node?.type.span ?? field.decl,
      label: `\`${symbol.name}\` contains itself without end`,
      labels: [{ span: symbol.decl, text: "declared here" }],
      help: [`hold it in an array (\`[${symbol.name}]\`) or in an enum`],
    });
    field.type = ERROR;
  }
}

/** The enum that every module knows: `Result[T, E]` with `Ok(value)` and `Err(error)`. */
export function predeclaredResult(): EnumSymbol {
  const decl = { file: -1, start: 0, end: 0 };
  const params = ["T", "E"].map((name) => ({ kind: "param", name, needs: [], valued: true }) as const);
  const entry = (name: string, i: number) => ({ name, type: params[i]!, length: null });
  return {
    kind: "enum",
    name: "Result",
    decl,
    owner: null,
    node: null,
    params,
    variants: [
      { name: "Ok", decl, index: 0, payload: [entry("value", 0)] },
      { name: "Err", decl, index: 1, payload: [entry("error", 1)] },
    ],
  };
}
