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
  "enter.blocked": { when: "enter", says: "left too often; kept in the interpreter" },
  "enter.inside-native": { when: "enter", says: "ran inside a bigger native unit" },
  "exit.overflow": { when: "leave", says: "integer overflow" },
  "exit.div-zero": { when: "leave", says: "division or remainder by zero" },
  "exit.cast": { when: "leave", says: "a conversion without a result" },
  "exit.no-value": { when: "leave", says: "a variable without a value" },
  "exit.io": { when: "leave", says: "writing the output failed" },
  "exit.error": { when: "leave", says: "an error in a called function" },
  "exit.loop-end": { when: "leave", says: "the loop ended" },
  "exit.batch": { when: "leave", says: "end of a batch" },
  "exit.unwind": { when: "leave", says: "the host stack was used up" },
  "exit.forced": { when: "leave", says: "forced by a test" },
} as const satisfies Record<string, { readonly when: "compile" | "enter" | "leave"; readonly says: string }>;
export type Reason = keyof typeof REASONS;
