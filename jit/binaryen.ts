/**
 * Loading Binaryen: from the build's own copy, whose WebAssembly is a file of its own (scripts/binaryen.mjs: a quarter of the
 * time), or from the package. Only the compiler's thread, building and tools come here; no program that starts does.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Binaryen } from "../compiler/native.js";

export async function loadBinaryen(): Promise<Binaryen> {
  const own = new URL("../binaryen/binaryen.mjs", import.meta.url);
  if (!existsSync(fileURLToPath(own))) return (await import("binaryen")).default;
  return ((await import(own.href)) as { readonly default: Binaryen }).default;
}
