/**
 * W0004: a declaration that hides a name of an outer scope, and a loop label repeated inside its own loop.
 *
 * Said where the outer name could have been meant: a `mut x = ...`, `x: T = ...` or function that hides any variable or
 * function, and a loop variable, `catch` name or name in a pattern that hides a variable of the same function. Nothing is
 * said about parameters (functions are read alone, and a module has names such as `n`), except those of inner functions
 * that hide a local of the outer one; about names of built-in functions; and about names that start with `_`.
 *
 * The scopes are those of core 8: what is visible at each place, in source order, functions in the whole of their block.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { BindStmt, Block, Loop, Name, Param } from "../syntax/ast.js";
import { boundBy } from "./facts.js";
import { isExempt, type Rule } from "./rule.js";
import { type BlockOwner, targetsOf, walk } from "./walk.js";

export const hiding: Rule = {
  formal: false,
  find: ({ checked }) => new Hiding().run(checked.module.body),
};

type Named = VarSymbol | FnSymbol;
/** `explicit`: declared by a form that never assigns; `bound`: by a loop, a pattern, `catch`. */
type How = "explicit" | "plain" | "bound" | "param";

interface Scope {
  readonly names: Map<string, Named>;
  readonly parent: Scope | null;
}

class Hiding {
  private readonly found: Diagnostic[] = [];
  private readonly labels: Name[] = [];
  private scope: Scope = { names: new Map(), parent: null };

  run(body: Block): Diagnostic[] {
    this.hoist(body);
    walk(body, {
      statement: (s) => {
        if (s.kind === "while" || s.kind === "for" || s.kind === "foreach") this.label(s);
        return undefined;
      },
      left: (s) => {
        if (s.kind === "while" || s.kind === "for" || s.kind === "foreach") {
          if (s.label) this.labels.pop();
        } else {
          // Visible after the statement: never in its own value.
          for (const { name, symbol, declares } of targetsOf(s)) {
            if (!symbol || declares === false) continue;
            const explicit = s.kind === "bind" && (s.mut || s.constant || s.annotation !== null);
            this.declare(name, symbol, explicit ? "explicit" : "plain", s.kind === "bind" ? s : null);
          }
        }
      },
      enter: (block, owner) => {
        this.enter();
        this.header(block, owner);
        // The body may hide the loop variable.
        if (owner.kind === "for" || owner.kind === "foreach") this.enter();
        // Methods are no names of their own.
        if (owner.kind !== "impl") this.hoist(block);
        return true;
      },
      leave: (_, owner) => {
        if (owner.kind === "for" || owner.kind === "foreach") this.leave();
        this.leave();
      },
    });
    return this.found;
  }

  private enter(): void {
    this.scope = { names: new Map(), parent: this.scope };
  }
  private leave(): void {
    this.scope = this.scope.parent!;
  }

  private hoist(block: Block): void {
    for (const s of block.statements) if (s.kind === "fn" && s.symbol) this.declare(s.name, s.symbol, "explicit", null);
  }

  /** Names that the owner of a block declares for it. */
  private header(block: Block, owner: BlockOwner): void {
    switch (owner.kind) {
      case "fn":
        this.parameters(owner.params);
        return;
      case "for":
        if (owner.symbol) this.declare(owner.variable, owner.symbol, "bound", null);
        return;
      case "foreach":
        for (const { name, symbol } of targetsOf(owner)) if (symbol) this.declare(name, symbol, "bound", null);
        return;
      case "try":
        if (block === owner.handler && owner.name && owner.symbol)
          this.declare(owner.name, owner.symbol, "bound", null);
        return;
      case "match": {
        const arm = owner.arms.find(({ body }) => body === block);
        if (arm) for (const [name, symbol] of boundBy(arm)) this.declare(name, symbol, "bound", null);
      }
    }
  }

  private parameters(params: readonly Param[]): void {
    for (const p of params) if (p.symbol) this.declare(p.name, p.symbol, "param", null);
  }

  private declare(name: Name, symbol: Named, how: How, bind: BindStmt | null): void {
    const hidden = how === "plain" || isExempt(name.text) ? null : this.outer(name.text);
    if (hidden && isMistakable(symbol, how, hidden)) this.found.push(hides(name, hidden, bind));
    this.scope.names.set(name.text, symbol);
  }

  /** What the name means outside of the innermost scope. */
  private outer(name: string): Named | null {
    for (let scope = this.scope.parent; scope; scope = scope.parent) {
      const found = scope.names.get(name);
      if (found) return found;
    }
    return null;
  }

  private label(loop: Loop): void {
    const { label } = loop;
    if (!label) return;
    const outer = this.labels.findLast(({ text }) => text === label.text);
    this.labels.push(label);
    if (!outer) return;
    this.found.push({
      code: "W0004",
      span: label.span,
      label: `a loop around this one has the label \`'${label.text}\`, too`,
      labels: [{ span: outer.span, text: "the outer label" }],
      help: ["name one of them differently"],
    });
  }
}

/** Whether the outer name could have been meant. */
function isMistakable(symbol: Named, how: How, hidden: Named): boolean {
  if (how === "explicit") return true;
  if (hidden.kind === "fn") return false;
  return how === "param" ? hidden.owner !== null : hidden.owner === symbol.owner;
}

function hides(name: Name, hidden: Named, bind: BindStmt | null): Diagnostic {
  const assignable = bind?.mut && bind.annotation === null && hidden.kind === "var" && hidden.mutable;
  const where: Span = hidden.decl;
  return {
    code: "W0004",
    span: name.span,
    label: `this hides the outer \`${name.text}\` in the rest of the block`,
    labels: [{ span: where, text: `the outer \`${name.text}\`` }],
    help: [assignable ? `to assign to the outer one, write \`${name.text} = …\`` : "choose another name"],
  };
}
