/**
 * `orus dis --ir`, `--wat`, `--dump-after`: the native tier at work, one unit after the other. Functions are units, and
 * so are the outermost loops of module-level code, which runs once and is never entered as a function.
 */
import type { Chunk } from "../compiler/index.js";
import { buildUnit, type MemoryMap, type Unit } from "../compiler/native.js";
import { enterPhase } from "./phase.js";

/** Which forms to print; `passes` is the name of a pass, "all", or null for the last form only. */
export interface Wanted {
  readonly ir: boolean;
  readonly passes: string | null;
  readonly wat: boolean;
  readonly fn: string | undefined;
}

/** Addresses as a small program would have them: constants in the code, nothing is placed there. */
const addresses = (chunk: Chunk): MemoryMap => ({
  ...{ codeBase: 0x20000, fnBase: 0x18000, globalBase: 0x14000, bodySlots: 1 },
  types: chunk.types.map((_, i) => 0x11000 + 32 * i),
  variants: chunk.variants.map((_, i) => 0x12000 + 32 * i),
  strings: chunk.constants.map((c, i) => (c.type === "ref" ? 0x10000 + 16 * i : 0)),
});

function unitsOf(chunk: Chunk, name: string | undefined): Unit[] {
  return chunk.functions.flatMap((fn, index) => {
    if (name !== undefined && fn.name !== name) return [];
    if (index > 0) return [{ fn: index, loopPc: -1 }];
    const loops = chunk.loops.filter((loop) => loop.fn === index && loop.parent < 0);
    return loops.map((loop) => ({ fn: index, loopPc: loop.pc }));
  });
}

/** The text of all units, and the names of the passes that ran. */
export async function dumpNative(chunk: Chunk, wanted: Wanted): Promise<{ text: string; passes: ReadonlySet<string> }> {
  enterPhase("building native code");
  const binaryen = await (await import("../jit/native.js")).loadBinaryen();
  const passes = new Set<string>();
  const parts: string[] = [];
  for (const unit of unitsOf(chunk, wanted.fn)) {
    const title = `${chunk.functions[unit.fn]!.name}${unit.loopPc < 0 ? "" : `, loop at ${unit.loopPc}`}`;
    let last = "";
    const watch = (pass: string, text: () => string): void => {
      if (pass === "wasm") {
        if (wanted.ir) parts.push(`; ${title}\n${last}`);
        if (wanted.wat) parts.push(`;; ${title}\n${text()}`);
        return;
      }
      passes.add(pass);
      last = text();
      if (wanted.passes === "all" || wanted.passes === pass) parts.push(`; ${title}, after ${pass}\n${last}`);
    };
    const built = buildUnit(chunk, addresses(chunk), { unit, uncompiled: () => false, watch }, binaryen);
    if ("failed" in built) parts.push(`; ${title}: ${built.failed}, ${built.detail}\n`);
  }
  return { text: parts.map((part) => (part.endsWith("\n") ? part : `${part}\n`)).join("\n"), passes };
}
