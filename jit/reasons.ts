/**
 * Why native code was not made, not entered, or left. Counted per loop and function; shown by `orus run --stats`.
 */
export const REASONS = {
  "build.too-large": { when: "compile", says: "more operations than one unit may have" },
  "build.failed": { when: "compile", says: "the back end reported an error" },
  "build.no-compile": { when: "compile", says: "the host forbids compiling WebAssembly" },
  "enter.cold": { when: "enter", says: "not hot enough" },
  "enter.pending": { when: "enter", says: "native code was not ready before it ended" },
  "enter.no-further-round": { when: "enter", says: "left before another round or call began" },
  "enter.no-room": { when: "enter", says: "no host stack or registers left for native code" },
  "enter.blocked": { when: "enter", says: "left too often; kept in the interpreter" },
  "enter.inside-native": { when: "enter", says: "called by native code only" },
  "exit.overflow": { when: "leave", says: "integer overflow" },
  "exit.div-zero": { when: "leave", says: "division or remainder by zero" },
  "exit.cast": { when: "leave", says: "a conversion without a result" },
  "exit.zero-step": { when: "leave", says: "a step of zero" },
  "exit.no-value": { when: "leave", says: "a variable without a value" },
  "exit.index": { when: "leave", says: "an index out of range" },
  "exit.memory": { when: "leave", says: "out of memory" },
  "exit.loop-end": { when: "leave", says: "the loop ended" },
  "exit.batch": { when: "leave", says: "end of a batch" },
  "exit.unwind": { when: "leave", says: "the host stack was used up" },
} as const satisfies Record<string, { readonly when: "compile" | "enter" | "leave"; readonly says: string }>;
export type Reason = keyof typeof REASONS;
