/** Binaryen as the environment of `with-binaryen.ts` brings it. */
import type { Binaryen } from "../../compiler/native.js";

const found = (globalThis as { orusBinaryen?: Binaryen }).orusBinaryen;
if (!found)
  throw new Error("this test file needs `@jest-environment ./dist/tests/support/with-binaryen.js` in its header");
export const binaryen: Binaryen = found;
