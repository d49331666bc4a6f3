/** The collector: every kind of object, long and deep ones, its own stack, what it must not follow. */
import { describe, expect, test } from "@jest/globals";
import { SLOTS, World } from "./support/objects.js";

const DECLARED = {
  structs: { Node: ["any", "i64"], Leaf: ["string"] },
  enums: { Tree: { Leaf: ["i32"], Fork: ["any", "any"] } },
};

describe("what is reached stays, what is not goes", () => {
  test("a graph of everything, changed at random, against a model", () => {
    const w = new World(DECLARED, { hostile: true });
    let seed = 11;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % n;
    };
    // What the model says each variable shows.
    const SLOTS_USED = 12;
    const shown: string[] = [];
    const at: bigint[] = [];
    const hold = (i: number, bits: bigint, text: string): void => {
      at[i] = bits;
      shown[i] = text;
      w.drop();
      for (const b of at) w.hold(b);
    };
    for (let i = 0; i < SLOTS_USED; i++) hold(i, w.any("i32", i), String(i));
    for (let round = 0; round < 3000; round++) {
      const [to, a, b] = [random(SLOTS_USED), random(SLOTS_USED), random(SLOTS_USED)];
      const both = `${shown[a]}, ${shown[b]}`;
      if (both.length > 2000) {
        hold(to, w.any("f64", 0.5), "0.5");
        continue;
      }
      switch (random(7)) {
        case 0:
          hold(to, BigInt(w.array("any", [at[a]!, at[b]!])), both);
          break;
        case 1:
          hold(to, BigInt(w.record("Tree.Fork", at[a]!, at[b]!)), `Tree.Fork(${both})`);
          break;
        case 2:
          hold(to, BigInt(w.record("Node", at[a]!, 7n)), `${shown[a]}, 7`);
          break;
        case 3:
          hold(to, w.any("u64", 2n ** 63n + BigInt(round)), String(2n ** 63n + BigInt(round)));
          break;
        case 4:
          hold(to, BigInt(w.record("Tree.Leaf", BigInt(round))), `Tree.Leaf(${round})`);
          break;
        case 5: {
          const list = w.array("any", Array(random(40)).fill(at[a]!));
          w.call("pushAny", list, at[b]!);
          hold(to, BigInt(list), [...Array(w.length(list) - 1).fill(shown[a]), shown[b]].join(", ").slice(0, 1e6));
          if (shown[to]!.length > 3000) hold(to, w.any("bool", true), "true");
          break;
        }
        default:
          hold(to, BigInt(w.joined(`round ${round}`, "!")), `round ${round}!`);
      }
      const k = random(SLOTS_USED);
      expect(w.shown(at[k]!)).toBe(shown[k]);
    }
  });
  test("garbage of all kinds does not make the heap grow", () => {
    const w = new World(DECLARED);
    const list = w.array("any", []);
    const churn = (): void => {
      for (let i = 0; i < 20_000; i++) {
        const node = BigInt(w.call("newRecord", w.variant("Node.")));
        w.call("pushBits", list, node);
        w.call("newClosure", 5, 3, w.m.fnRecord("main"));
        w.call("newCell", 1);
        w.bits("wrapI64", -(2n ** 60n));
        w.call("newRange", 0n, 1n, 1n, 0);
        w.call("newArray", 100, w.type("string"));
        if (w.length(list) === 1000) while (w.length(list) > 0) w.call("popBits", list);
      }
    };
    churn();
    const peak = w.m.vm("heapPeak");
    churn();
    churn();
    expect(w.m.vm("collections")).toBeGreaterThan(2);
    expect(w.m.vm("heapPeak")).toBeLessThan(peak + (1 << 20));
  });
});

describe("long and deep", () => {
  test("an array of many structs, and a list of as many", () => {
    const w = new World(DECLARED);
    const list = w.array("any", []);
    for (let i = 0; i < 300_000; i++) {
      const node = w.call("newRecord", w.variant("Node."));
      w.m.view.setBigInt64(node + SLOTS.size + 8, BigInt(i), true);
      w.call("pushBits", list, BigInt(node));
    }
    let head = 0n;
    for (let i = 0; i < 300_000; i++) {
      const node = w.call("newRecord", w.variant("Node."));
      w.m.view.setBigUint64(node + SLOTS.size, head, true);
      head = BigInt(node);
      w.drop();
      w.hold(list);
      w.hold(head);
    }
    const before = w.m.exports.alloc(0);
    w.m.exports.collect!();
    w.m.exports.collect!();
    // The mark stack holds a slice of the array at a time.
    expect(w.m.exports.alloc(0) - before).toBeLessThan(200_000);
    const elements = w.elements(list, "any") as bigint[];
    for (const i of [0, 1, 4095, 4096, 4097, 200_000, 299_999])
      expect(w.m.view.getBigInt64(Number(elements[i]!) + SLOTS.size + 8, true)).toBe(BigInt(i));
    let length = 0;
    for (let n = Number(head); n !== 0; n = w.field(n, SLOTS.size)) length++;
    expect(length).toBe(300_000);
  });
  test("an array of [string] in slices, and one that is nested in itself", () => {
    const w = new World(DECLARED, {});
    const strings = Array.from({ length: 10_000 }, (_, i) => BigInt(w.joined(`s${i}`, ".")));
    const inner = w.array("string", strings);
    const outer = w.array("[string]", Array(9000).fill(BigInt(inner)));
    const self = w.array("any", [BigInt(outer)]);
    w.call("pushBits", self, BigInt(self));
    w.drop();
    w.hold(self);
    w.m.exports.collect!();
    for (let i = 0; i < 1000; i++) w.m.exports.stringConcat!(w.string("garbage"), w.string(String(i)));
    expect(w.text(w.elements(inner, "string")[9999] as number)).toBe("s9999.");
  });
  test("when the mark stack cannot grow, everything is found by walking", () => {
    const w = new World(DECLARED);
    // A tree whose forks have forks on both sides: breadth that a stack would have to hold.
    const list = w.array("any", []);
    for (let i = 0; i < 20_000; i++) {
      const node = w.call("newRecord", w.variant("Node."));
      w.call("pushBits", list, BigInt(node));
      const leaf = w.call("newArray", 0, w.type("any"));
      w.m.view.setBigUint64(node + SLOTS.size, BigInt(leaf), true);
      w.call("pushBits", leaf, BigInt(w.m.exports.stringConcat!(w.string(`leaf ${i}`), w.string("."))));
    }
    w.m.leaveMemory(0);
    w.m.exports.collect!();
    w.m.exports.collect!();
    const nodes = w.elements(list, "any") as bigint[];
    for (const i of [0, 1023, 1024, 4096, 5000, 19_999]) {
      const leaf = w.field(Number(nodes[i]), SLOTS.size);
      expect(w.text(Number(w.elements(leaf, "any")[0]))).toBe(`leaf ${i}.`);
    }
  });
});
