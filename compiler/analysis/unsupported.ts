/**
 * Constructs that are read but not translated yet: each is reported (E1099) at its first token, at most one for each
 * statement. The tables say which; whoever implements a construct takes its row out.
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { Block, Expr, MatchArm, Module, Stmt, TypeNode } from "../syntax/ast.js";
import { childrenOf } from "./children.js";

const EXPRESSIONS: Partial<Record<Expr["kind"], string>> = {
  array: "an array literal is",
  slice: "a slice is",
  member: "member access is",
  struct: "a struct literal is",
  fn: "a function expression is",
  match: "`match` as a value is",
  block: "a block as a value is",
};

const STATEMENTS: Partial<Record<Stmt["kind"], string>> = {
  destructure: "destructuring is",
  store: "assigning to an element or a field is",
  foreach: "a loop over anything but a range `a..b` is",
  match: "`match` is",
  try: "`try` is",
  struct: "`struct` is",
  enum: "`enum` is",
  impl: "`impl` is",
  use: "`use` is",
};

const TYPES = {
  array: "an array type is",
  fn: "a function type is",
  /** `m.T`. */
  qualified: "a type of another module is",
  /** `T[A]`. */
  generic: "a generic type is",
} as const;
/** `x.f += e`. */
const UPDATED_PLACE = "updating a field is";
/** `s[i] = e`: what has elements today are strings, which cannot be changed; analysis says so. */
const isElementStore = (s: Stmt): boolean =>
  s.kind === "store" && s.targets.length === 1 && "place" in s.targets[0]! && s.targets[0].place.kind === "index";

/** Reports all of them; whether there was any. */
export function reportUnsupported(modules: readonly Module[], sink: Sink): boolean {
  const walk = new Walk(sink);
  for (const module of modules) walk.block(module.body);
  return walk.found;
}

class Walk {
  found = false;
  /** The statement in hand has one. */
  private named = false;

  constructor(private readonly sink: Sink) {}

  private report(what: string, span: Span): void {
    this.found = true;
    if (!this.named) this.sink.report({ code: "E1099", span, label: `${what} not supported yet` });
    this.named = true;
  }

  block(block: Block): void {
    for (const s of block.statements) {
      this.named = false;
      this.statement(s);
    }
  }

  private statement(s: Stmt): void {
    const what = isElementStore(s) ? undefined : STATEMENTS[s.kind];
    if (what !== undefined) {
      this.report(what, "keyword" in s ? s.keyword : s.span);
      return;
    }
    switch (s.kind) {
      case "bind":
        this.type(s.annotation);
        this.expression(s.value);
        return;
      case "store":
      case "destructure":
        this.expression(s.value);
        return;
      case "compound":
        if (s.place !== null && s.place.kind !== "index") this.report(UPDATED_PLACE, s.span);
        this.expression(s.value);
        return;
      case "expr":
        this.expression(s.expr);
        return;
      case "print":
        for (const arg of s.args) this.expression(arg);
        return;
      case "if":
        // Each branch is a list of statements of its own; conditions belong to the `if`.
        for (const arm of s.arms) this.expression(arm.cond);
        for (const arm of s.arms) this.block(arm.body);
        if (s.otherwise !== null) this.block(s.otherwise);
        return;
      case "guarded":
        this.expression(s.expr);
        this.expression(s.cond);
        return;
      case "while":
        this.expression(s.cond);
        this.block(s.body);
        return;
      case "for":
        for (const part of [s.start, s.end, s.step]) if (part !== null) this.expression(part);
        this.block(s.body);
        return;
      case "foreach":
        this.expression(s.iterable);
        this.block(s.body);
        return;
      case "match":
        this.expression(s.subject);
        this.arms(s.arms);
        return;
      case "try":
        this.block(s.body);
        this.block(s.handler);
        return;
      case "return":
        if (s.value !== null) this.expression(s.value);
        return;
      case "fn":
        for (const p of s.params) this.type(p.annotation);
        this.type(s.result);
        this.block(s.body);
        return;
      case "struct":
        for (const field of s.fields) {
          this.type(field.type);
          if (field.value !== null) this.expression(field.value);
        }
        return;
      case "enum":
        for (const variant of s.variants) for (const part of variant.payload) this.type(part.type);
        return;
      case "impl":
        for (const method of s.methods) {
          this.named = false;
          this.statement(method);
        }
        return;
      case "use":
      case "break":
      case "continue":
      case "pass":
      case "error":
        return;
      default:
        s satisfies never;
    }
  }

  /** Keeps a stack of its own: chains of operators may be long. */
  private expression(top: Expr): void {
    const stack: Expr[] = [top];
    for (let e = stack.pop(); e && !this.named; e = stack.pop()) {
      const what = EXPRESSIONS[e.kind];
      if (what !== undefined) this.report(what, e.span);
      else {
        if (e.kind === "cast") this.type(e.target);
        else if (e.kind === "fn") {
          for (const p of e.params) this.type(p.annotation);
          this.type(e.result);
        }
        if (e.kind === "fn" || e.kind === "block") this.inside(() => this.block(e.body));
        if (e.kind === "match") this.inside(() => this.arms(e.arms));
        childrenOf(e, stack);
      }
    }
  }

  /** Statements inside of an expression. */
  private inside(read: () => void): void {
    read();
    this.named = false;
  }

  private arms(arms: readonly MatchArm[]): void {
    for (const arm of arms) {
      this.expression(arm.pattern);
      this.block(arm.body);
    }
  }

  private type(t: TypeNode | null): void {
    if (t === null || this.named) return;
    if (t.kind !== "named") this.report(TYPES[t.kind], t.span);
    else if (t.args.length > 0) this.report(TYPES.generic, t.span);
    else if (t.path.length > 1) this.report(TYPES.qualified, t.span);
  }
}
