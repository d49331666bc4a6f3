/**
 * How deep the calls of a built module may nest: it ends in `Stack overflow` (E0008) before the host's stack ends, until
 * frames can be stored and resumed.
 *
 * A frame covers as many levels of the language as were inlined into it, so what counts is not the largest frame but the
 * bytes a level: for each call that is left, the caller's frame by the levels that the call goes down. Calls that lie on
 * no cycle of the call graph happen once in a chain; they are taken off before. Each function has a limit of its own.
 */
import { type Chunk, calleesOf } from "../compiler/index.js";
import type { CallSite } from "../compiler/native.js";

/**
 * Host stack that a built module may count on: wasmtime gives 512 KB by default, Node about 980. One row for all, because
 * one module runs under both.
 */
const HOST_BYTES = 480 * 1024;

/**
 * Upper estimate of a host frame under wasmtime from the wasm locals and the arguments of the largest call; the first four go
 * in registers. Cranelift gives every spilled floating-point value 16 bytes, as it may be a vector. Measured on wasmtime 50,
 * every local alive across the call: 9 integers 60 bytes, 15: 84, 36: 338, 126: 1,076. Node's unoptimised code takes 8 bytes
 * for each and has twice the stack.
 */
export const frameEstimate = (integers: number, floats: number, args: number): number =>
  56 + 9 * (integers + Math.max(0, args - 4)) + 17 * floats;

/** The call from module level, and the one that is refused: its frame is made before the depth is compared. */
const UNCOUNTED = 2;

/** A function of the module: what it takes of the host's stack, and the calls that are left in it. */
export interface Frame {
  readonly bytes: number;
  readonly calls: readonly CallSite[];
}

/**
 * For each function the largest `--max-recursion` for which the host's stack is large enough when it is called, infinite where
 * there is no limit. What counts for a function is what may be below it: another one's large frames do not.
 *
 * @param frames By function number; undefined for a function that is not in the module.
 * @param values Functions that a call of a value may reach.
 */
export function levelsThatFit(frames: readonly (Frame | undefined)[], values: readonly number[]): number[] {
  // Calls of values go to a node of their own, and from there to each value: there may be many of both.
  const anyValue = frames.length;
  const target = (c: CallSite): number => c.callee ?? anyValue;
  const edges = frames.map((f) => f?.calls.map(target) ?? []);
  edges.push([...values]);
  const component = componentsOf(edges);
  const count = component.reduce((n, c) => Math.max(n, c + 1), 0);
  const members: number[][] = Array.from({ length: count }, () => []);
  for (const [fn, c] of component.entries()) members[c]!.push(fn);

  // Of a component and all that may be below it on the stack. Callers' components have larger numbers.
  const chain = new Float64Array(count);
  const largest = new Float64Array(count);
  const perLevel = new Float64Array(count);
  const perLevelOnCycles = new Float64Array(count);
  for (let c = count - 1; c >= 0; c--) {
    let own = 0;
    for (const fn of members[c]!) {
      const f = frames[fn];
      if (!f) continue;
      own = Math.max(own, f.bytes);
      for (const call of f.calls) {
        // A tail call leaves no frame behind.
        if (call.levels === 0) continue;
        const bytes = f.bytes / call.levels;
        perLevel[c] = Math.max(perLevel[c]!, bytes);
        if (component[target(call)] === c) perLevelOnCycles[c] = Math.max(perLevelOnCycles[c]!, bytes);
      }
    }
    chain[c]! += own;
    largest[c] = Math.max(largest[c]!, own);
    for (const fn of members[c]!)
      for (const to of edges[fn]!) {
        const below = component[to]!;
        if (below === c) continue;
        for (const most of [chain, largest, perLevel, perLevelOnCycles]) most[below] = Math.max(most[below]!, most[c]!);
      }
  }
  return frames.map((_, fn) => {
    const c = component[fn]!;
    const cycles = perLevelOnCycles[c]!;
    if (cycles === 0 && chain[c]! <= HOST_BYTES) return Number.POSITIVE_INFINITY;
    // Two bounds, both safe: every level at the worst rate, or the cycles' rate and what lies on none once.
    const any = (HOST_BYTES - largest[c]!) / perLevel[c]!;
    const cyclic = cycles === 0 ? 0 : (HOST_BYTES - chain[c]!) / cycles;
    return Math.max(0, Math.floor(Math.max(any, cyclic)) - UNCOUNTED);
  });
}

/**
 * Strongly connected components of a graph, numbered so that edges to other components go to smaller numbers (Tarjan,
 * "Depth-first search and linear graph algorithms", 1972). By hand: a chain of calls may be longer than our stack.
 */
function componentsOf(edges: readonly (readonly number[])[]): number[] {
  const NONE = -1;
  const index = edges.map(() => NONE);
  const low = edges.map(() => 0);
  const component = edges.map(() => NONE);
  const open: number[] = [];
  let found = 0;
  let indices = 0;
  for (let root = 0; root < edges.length; root++) {
    if (index[root] !== NONE) continue;
    const path = [{ node: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { node } = top;
      if (top.next === 0 && index[node] === NONE) {
        index[node] = low[node] = indices++;
        open.push(node);
      }
      const to = edges[node]![top.next++];
      if (to !== undefined) {
        if (index[to] === NONE) path.push({ node: to, next: 0 });
        else if (component[to] === NONE) low[node] = Math.min(low[node]!, index[to]!);
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller) low[caller.node] = Math.min(low[caller.node]!, low[node]!);
      if (low[node] !== index[node]) continue;
      let member: number;
      do component[(member = open.pop()!)] = found;
      while (member !== node);
      found++;
    }
  }
  return component;
}

/** Functions in the longest chain of calls of a program; infinite when calls form a cycle, or when what a call calls is a value. */
export function longestChain(chunk: Chunk): number {
  if (chunk.signatures.length > 0) return Number.POSITIVE_INFINITY;
  const state = new Uint8Array(chunk.functions.length);
  const below = new Uint32Array(chunk.functions.length);
  const ENTERED = 1;
  const LEFT = 2;
  let longest = 0;
  for (let root = 0; root < chunk.functions.length; root++) {
    if (state[root] !== 0) continue;
    // Depth-first by hand: a chain of calls may be longer than the host's stack.
    const path = [{ fn: root, callees: calleesOf(chunk, root) }];
    state[root] = ENTERED;
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.callees.pop();
      if (next === undefined) {
        state[top.fn] = LEFT;
        below[top.fn]!++;
        longest = Math.max(longest, below[top.fn]!);
        path.pop();
        const caller = path.at(-1);
        if (caller) below[caller.fn] = Math.max(below[caller.fn]!, below[top.fn]!);
      } else if (state[next] === ENTERED) return Number.POSITIVE_INFINITY;
      else if (state[next] === LEFT) below[top.fn] = Math.max(below[top.fn]!, below[next]!);
      else if (state[next] === 0) {
        state[next] = ENTERED;
        path.push({ fn: next, callees: calleesOf(chunk, next) });
      }
    }
  }
  return longest;
}
