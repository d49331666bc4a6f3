/**
 * A reducible graph of blocks as structured control flow: wasm's `block`, `loop`, `if` and `br`.
 *
 *   b0: branch v1, b1, b2        block b3
 *   b1: jump b3                    code b0
 *   b2: jump b3            ─►      if b0 { code b1; br b3 }
 *   b3: return                     code b2
 *                                end
 *                                code b3
 *
 * After Ramsey, "Beyond Relooper" (2022): the dominator tree says what nests in what. A block with several forward
 * edges into it becomes a *follower* of its dominator: it stands behind a wasm block that encloses everything that jumps
 * to it. Two departures:
 *
 * - What leaves a loop is a follower of the loop, never nested in it: so a hundred loops in a row nest one deep, and cold
 *   ways out stand behind the loop.
 * - A sequence of tests stays flat. Of two arms that nothing else jumps to, the smaller goes into the `if`; the larger
 *   goes on in the same sequence. Beyond DEEP nested blocks, what follows is moved out of those that it does not need
 *   (`if a or b … elif c or d …` would nest one block per test).
 *
 * Cost: linear. Rejects irreducible graphs with an Error; lowering never makes one.
 */
import { type Block, type Dominators, type Edge, type Func, isReducible, type Loops } from "../ssa/index.js";

export type Node =
  /** The values of a block, without its terminator. */
  | { readonly kind: "code"; readonly block: Block }
  /** `br` to the label lands behind the body. */
  | { readonly kind: "block"; readonly label: Block; readonly body: Node[] }
  /** `br` to the header lands at the start of the body. Control never falls out of the body's end. */
  | { readonly kind: "loop"; readonly header: Block; readonly body: Node[] }
  /** On the condition of the block's branch. An empty arm goes on with the next node. */
  | { readonly kind: "if"; readonly block: Block; readonly then: Node[]; readonly otherwise: Node[] }
  /** Moves the edge's arguments, then jumps, or goes on with the next node. */
  | { readonly kind: "goto"; readonly from: Block; readonly edge: Edge; how: "br" | "fall" }
  /** The block's `return`, `exit` or `unreachable`. */
  | { readonly kind: "end"; readonly block: Block };

/** Nesting from which on blocks are closed early. */
const DEEP = 40;
/** An unlikely arm of at most so many blocks is nested even if it is the larger one. */
const COLD = 64;

/** A follower whose wasm block is open: everything before it is being written into the block's body. */
interface Open {
  readonly label: Block;
  /** The sequence that holds the wasm block; the follower's own code goes there, behind it. */
  readonly parent: Node[];
  /** Innermost loop node around `parent`. */
  readonly loop: Node | null;
}

/** Structures `f`. Needs `preds`. */
export function structure(f: Func, dom: Dominators, loops: Loops): Node[] {
  if (!isReducible(f, dom)) throw new Error("a loop with two entries");
  return new Structurer(dom, loops).sequence(f.entry, 0, null);
}

/** The blocks in the order in which their code stands in the sequence. */
export function blocksIn(nodes: readonly Node[]): Block[] {
  const blocks: Block[] = [];
  const walk = (list: readonly Node[]): void => {
    for (const n of list) {
      if (n.kind === "code") blocks.push(n.block);
      else if (n.kind === "block" || n.kind === "loop") walk(n.body);
      else if (n.kind === "if") {
        walk(n.then);
        walk(n.otherwise);
      }
    }
  };
  walk(nodes);
  return blocks;
}

/** For tests: one line per node, nested ones indented. */
export function printNodes(nodes: readonly Node[], indent = ""): string {
  const name = (b: Block): string => `b${b.id}`;
  const inner = `${indent}  `;
  const line = (n: Node): string => {
    switch (n.kind) {
      case "code":
        return `${indent}code ${name(n.block)}\n`;
      case "block":
        return `${indent}block ${name(n.label)}\n${printNodes(n.body, inner)}`;
      case "loop":
        return `${indent}loop ${name(n.header)}\n${printNodes(n.body, inner)}`;
      case "if": {
        const otherwise = n.otherwise.length > 0 ? `${indent}else\n${printNodes(n.otherwise, inner)}` : "";
        return `${indent}if ${name(n.block)}\n${printNodes(n.then, inner)}${otherwise}`;
      }
      case "goto":
        return `${indent}${n.how} ${name(n.edge.to)}\n`;
      case "end":
        return `${indent}${n.block.term.kind}\n`;
    }
  };
  return nodes.map(line).join("");
}

class Structurer {
  /** Followers in reverse post-order: of a loop (behind it), of a block (behind its code). */
  private readonly behindLoop = new Map<Block, Block[]>();
  private readonly behindBlock = new Map<Block, Block[]>();
  private readonly followers = new Set<Block>();
  /** Blocks in the dominator subtree. */
  private readonly size = new Map<Block, number>();
  /** Forward edges into a follower that are not written yet: at 0 nothing further needs its label. */
  private readonly missing = new Map<Block, number>();

  constructor(
    private readonly dom: Dominators,
    private readonly loops: Loops,
  ) {
    for (const b of [...dom.order].reverse()) {
      const own = (dom.children.get(b) ?? []).reduce((n, c) => n + this.size.get(c)!, 1);
      this.size.set(b, own);
    }
    for (const b of dom.order) {
      const parent = dom.idom.get(b);
      if (!parent) continue;
      const forward = b.preds.filter((p) => dom.position.has(p) && !dom.dominates(b, p)).length;
      this.missing.set(b, forward);
      const loop = this.leftBy(parent, b);
      if (loop) this.follow(this.behindLoop, loop, b);
      else if (forward > 1) this.follow(this.behindBlock, parent, b);
    }
  }

  /** Header of the outermost loop around `from` that does not hold `to`. */
  private leftBy(from: Block, to: Block): Block | null {
    let left: Block | null = null;
    for (let l = this.loops.of.get(from) ?? null; l && !l.body.has(to); l = l.parent) left = l.header;
    return left;
  }
  private follow(map: Map<Block, Block[]>, at: Block, b: Block): void {
    const list = map.get(at);
    if (list) list.push(b);
    else map.set(at, [b]);
    this.followers.add(b);
  }

  /** Appends the code of `first` and of all that it dominates, up to where control leaves it. */
  sequence(first: Block, depth: number, loop: Node | null, all: Node[] = []): Node[] {
    const open: Open[] = [];
    let out = all;
    let at: Block | null = first;
    let around = loop;
    const push = (followers: readonly Block[]): void => {
      for (const label of [...followers].reverse()) {
        const body: Node[] = [];
        out.push({ kind: "block", label, body });
        open.push({ label, parent: out, loop: around });
        out = body;
      }
    };
    while (at) {
      const b: Block = at;
      if (this.loops.of.get(b)?.header === b) {
        push(this.behindLoop.get(b) ?? []);
        const node: Node = { kind: "loop", header: b, body: [] };
        out.push(node);
        out = node.body;
        around = node;
      }
      push(this.behindBlock.get(b) ?? []);
      out.push({ kind: "code", block: b });
      let next = this.terminator(b, out, depth + open.length, around);
      if (next && depth + open.length > DEEP) next = this.closeEarly(next, out, open, around);
      if (next) {
        at = next;
        continue;
      }
      const done = open.pop();
      at = done?.label ?? null;
      if (done) {
        out = done.parent;
        around = done.loop;
        mark(out[out.length - 1]!, done.label);
      }
    }
    return all;
  }

  /** Writes a terminator; returns the block whose code comes next in the same sequence, if any. */
  private terminator(b: Block, out: Node[], depth: number, loop: Node | null): Block | null {
    const t = b.term;
    if (t.kind === "jump") return this.go(b, t.edge, out);
    if (t.kind !== "branch") {
      out.push({ kind: "end", block: b });
      return null;
    }
    const thenInline = this.inline(b, t.then.to);
    const elseInline = this.inline(b, t.otherwise.to);
    const nest = thenInline && (!elseInline || this.nestThen(t.then.to, t.otherwise.to, t.likely));
    const arm = (edge: Edge): Node[] => {
      const nodes: Node[] = [];
      const child = this.go(b, edge, nodes);
      if (child) this.sequence(child, depth + 1, loop, nodes);
      return nodes;
    };
    if (thenInline && (elseInline ? !nest : true)) {
      out.push({ kind: "if", block: b, then: [], otherwise: arm(t.otherwise) });
      return this.go(b, t.then, out);
    }
    out.push({ kind: "if", block: b, then: arm(t.then), otherwise: [] });
    return this.go(b, t.otherwise, out);
  }

  /** Whether `to` is reached from `from` alone and stands right behind it. */
  private inline(from: Block, to: Block): boolean {
    return !this.followers.has(to) && this.dom.idom.get(to) === from;
  }
  private nestThen(then: Block, otherwise: Block, likely: boolean | undefined): boolean {
    const [a, b] = [this.size.get(then)!, this.size.get(otherwise)!];
    if (likely === true && b <= COLD) return false;
    if (likely === false && a <= COLD) return true;
    return a <= b;
  }

  private go(from: Block, edge: Edge, out: Node[]): Block | null {
    const inline = this.inline(from, edge.to);
    out.push({ kind: "goto", from, edge, how: inline ? "fall" : "br" });
    if (this.followers.has(edge.to)) this.missing.set(edge.to, this.missing.get(edge.to)! - 1);
    return inline ? edge.to : null;
  }

  /**
   * `next` would be written into the innermost open block although nothing in it needs that block's label. Makes it a
   * follower instead: `block F { … next }` becomes `block next { block F { … br next } F }`.
   */
  private closeEarly(next: Block, out: Node[], open: Open[], around: Node | null): Block | null {
    const top = open[open.length - 1];
    if (!top || top.loop !== around || this.missing.get(top.label) !== 0) return next;
    const last = out[out.length - 1] as Node & { kind: "goto" };
    last.how = "br";
    const inner = top.parent.pop()!;
    const body: Node[] = [inner];
    top.parent.push({ kind: "block", label: next, body });
    open.pop();
    open.push({ label: next, parent: top.parent, loop: top.loop }, { label: top.label, parent: body, loop: top.loop });
    return null;
  }
}

/** In the finished body of `node`, jumps to the place right behind it need no `br`. */
function mark(node: Node, label: Block): void {
  if (node.kind !== "block" || node.label !== label) return;
  const { body } = node;
  const last = body[body.length - 1];
  if (last?.kind !== "goto") return;
  const test = body[body.length - 2];
  const only = test?.kind === "if" && test.otherwise.length === 0 && test.then.length === 1 ? test.then[0]! : null;
  if (last.edge.to === label) last.how = "fall";
  else if (test?.kind === "if" && only?.kind === "goto" && only.edge.to === label) {
    // `br_if label; br elsewhere` becomes `br_if elsewhere` on the opposite.
    body.splice(-2, 2, { kind: "if", block: test.block, then: [], otherwise: [last] }, { ...only, how: "fall" });
  }
}
