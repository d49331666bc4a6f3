/** What a tree without errors owes the lowering: everything marked "analysis" is filled, with real types. */
import { childrenOf } from "../../../compiler/analysis/children.js";
import type { VarSymbol } from "../../../compiler/analysis/symbols.js";
import { repOf, type Type } from "../../../compiler/analysis/types.js";
import type { Block, Expr, Module, Stmt } from "../../../compiler/syntax/ast.js";

/** Descriptions of everything that is missing; empty if the tree is complete. */
export function gaps(module: Module): string[] {
  const found: string[] = [];
  const gap = (what: string, at: number): void => void found.push(`${what} at ${at}`);
  const isValue = (type: Type | undefined): boolean => type?.kind === "prim" && repOf(type) !== undefined;
  const variable = (v: VarSymbol | undefined, at: number): void => {
    if (!v || !isValue(v.type)) gap("variable", at);
  };
  const expr = (top: Expr, mayBeVoid = false): void => {
    const stack: Expr[] = [];
    const visit = (e: Expr): void => {
      if (e.kind === "call") {
        if (!e.fn && e.builtin === undefined) gap("callee", e.span.start);
        stack.push(...e.args);
      } else childrenOf(e, stack);
      if (e.kind === "name" && e.symbol?.kind !== "var") gap("symbol", e.span.start);
    };
    if (!isValue(top.type) && !(mayBeVoid && top.type?.kind === "void")) gap(`type of ${top.kind}`, top.span.start);
    visit(top);
    for (let e = stack.pop(); e; e = stack.pop()) {
      if (!isValue(e.type) && !mayBeVoid) gap(`type of ${e.kind}`, e.span.start);
      visit(e);
    }
  };
  const block = (b: Block): void => b.statements.forEach(statement);
  const statement = (s: Stmt): void => {
    switch (s.kind) {
      case "bind":
        for (const target of s.targets) {
          variable(target.symbol, target.name.span.start);
          if (target.declares === undefined) gap("declares", target.name.span.start);
        }
        expr(s.value);
        return;
      case "compound":
        variable(s.symbol, s.target.span.start);
        expr(s.value);
        return;
      case "expr":
        expr(s.expr, true);
        return;
      case "print":
        for (const arg of s.args) expr(arg);
        return;
      case "if":
        for (const arm of s.arms) {
          expr(arm.cond);
          block(arm.body);
        }
        if (s.otherwise) block(s.otherwise);
        return;
      case "guarded":
        expr(s.cond);
        expr(s.expr, true);
        return;
      case "while":
        expr(s.cond);
        block(s.body);
        return;
      case "for":
        variable(s.symbol, s.variable.span.start);
        if (!isValue(s.rangeType)) gap("range type", s.span.start);
        for (const part of s.step ? [s.start, s.end, s.step] : [s.start, s.end]) {
          expr(part);
          if (part.type !== s.rangeType) gap("bound of another type", part.span.start);
        }
        block(s.body);
        return;
      case "break":
      case "continue":
        if (!s.target) gap("target", s.span.start);
        return;
      case "return":
        if (s.value) expr(s.value);
        return;
      case "fn":
        if (!s.symbol || s.symbol.result.kind === "error") gap("function", s.span.start);
        for (const p of s.params) variable(p.symbol, p.name.span.start);
        block(s.body);
        return;
      case "pass":
        return;
      case "error":
        gap("statement", s.span.start);
        return;
    }
  };
  block(module.body);
  return found;
}
