/**
 * W0002: statements that control never gets to, since the one before always leaves: `return`, `break`, `continue`, or an
 * `if` with `else` all of whose arms do. The first such statement of a block is reported, and nothing inside it.
 * Functions below a `return` are no statements that run: they are declared all the same.
 */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Block, Stmt } from "../syntax/ast.js";
import type { Rule } from "./rule.js";
import { walk } from "./walk.js";

export const unreached: Rule = {
  formal: true,
  find: ({ checked }) => {
    const found: Diagnostic[] = [];
    const dead = new Set<Stmt>();
    const look = (block: Block): void => {
      const at = block.statements.findIndex(leaves);
      const rest = at < 0 ? [] : block.statements.slice(at + 1).filter((s) => s.kind !== "fn");
      const [first] = rest;
      if (!first) return;
      for (const s of rest) dead.add(s);
      found.push({
        code: "W0002",
        span: first.span,
        label: "this never runs",
        labels: [{ span: block.statements[at]!.span, text: "control always leaves here" }],
      });
    };
    look(checked.module.body);
    walk(checked.module.body, {
      statement: (s) => !dead.has(s),
      enter: (block) => {
        look(block);
        return true;
      },
    });
    return found;
  },
};

/** Whether control never goes on after the statement, whatever the values are. */
function leaves(s: Stmt): boolean {
  switch (s.kind) {
    case "return":
    case "break":
    case "continue":
      return true;
    case "if":
      return (
        s.otherwise !== null && [...s.arms.map((arm) => arm.body), s.otherwise].every((b) => b.statements.some(leaves))
      );
    default:
      return false;
  }
}
