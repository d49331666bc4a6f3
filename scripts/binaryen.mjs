/**
 * Makes dist/binaryen/ from the package `binaryen`: the same JavaScript, with its WebAssembly in a file beside it.
 *
 * The package is one file of 14.8 MB in which the WebAssembly is a template literal of one character per byte. Reading
 * that takes longer than everything else (measured: 160 ms to parse, 110 ms to decode, of 330 ms in all; with a file
 * 80 ms), and native code comes later by as much.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** `decode(`, then a literal that begins like a module. */
const EMBEDDED = /[\w$]+\(`\\0asm/;

/** The package's text in two parts, or null when it does not look as expected. */
export function separate(text) {
  const found = EMBEDDED.exec(text);
  if (found === null) return null;
  const start = text.indexOf("`", found.index);
  let end = start + 1;
  while (end < text.length && text[end] !== "`") end += text[end] === "\\" ? 2 : 1;
  if (text[end + 1] !== ")") return null;
  // The escapes are JavaScript's; a zero byte may be written as any character beyond 255.
  const characters = new Function(`return ${text.slice(start, end + 1)}`)();
  const wasm = new Uint8Array(characters.length);
  for (let i = 0; i < wasm.length; i++) {
    const code = characters.charCodeAt(i);
    wasm[i] = code > 255 ? 0 : code;
  }
  if (!WebAssembly.validate(wasm)) return null;
  const licence = text.indexOf("*/") + 2;
  const script = [
    text.slice(0, licence),
    '\nimport{readFileSync as $read}from"node:fs";',
    text.slice(licence, found.index),
    '$read(new URL("./binaryen.wasm",import.meta.url))',
    text.slice(end + 2),
  ];
  return { script: script.join(""), wasm };
}

/** Writes the folder. True also when the package has changed its form: then it is loaded as it is (jit/binaryen.ts). */
export function separateBinaryen(root) {
  const out = join(root, "dist", "binaryen");
  const parts = separate(readFileSync(createRequire(import.meta.url).resolve("binaryen"), "utf8"));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  if (parts === null) {
    console.error("build: the package binaryen has an unknown form; it will be loaded as it is, which takes longer");
    return true;
  }
  writeFileSync(join(out, "binaryen.wasm"), parts.wasm);
  writeFileSync(join(out, "binaryen.mjs"), parts.script);
  return true;
}
