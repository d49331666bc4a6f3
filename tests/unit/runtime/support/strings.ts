/** Strings in the memory of a runtime: reading them, and making literals to begin with. */
import { BUFFER, KIND, ROPE, STRING } from "../../../../compiler/layout/objects.js";
import type { Machine } from "./machine.js";

/** The text of a string object, whatever its form; ropes are read without changing them. */
export function textAt(m: Machine, s: number): string {
  const parts: Buffer[] = [];
  const work = [s];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const kind = m.view.getUint8(at + STRING.at.kind);
    const length = m.view.getUint32(at + STRING.at.length, true);
    const link = m.view.getUint32(at + STRING.at.link, true);
    if (kind === KIND.ROPE) work.push(m.view.getUint32(at + ROPE.at.right, true), link);
    else
      parts.push(
        Buffer.from(new Uint8Array(m.view.buffer, kind === KIND.VIEW ? link + BUFFER.size : at + STRING.size, length)),
      );
  }
  return Buffer.concat(parts).toString();
}
export const kindAt = (m: Machine, s: number): number => m.view.getUint8(s + STRING.at.kind);

/** A literal outside of the heap. */
export function literal(m: Machine, text: string): number {
  const bytes = Buffer.from(text);
  const at = m.exports.alloc(STRING.size + bytes.length);
  m.view.setUint8(at + STRING.at.kind, KIND.LITERAL);
  m.view.setUint32(at + STRING.at.length, bytes.length, true);
  new Uint8Array(m.view.buffer, at + STRING.size).set(bytes);
  return at;
}
