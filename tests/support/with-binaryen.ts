/**
 * A Jest environment in which Binaryen is loaded once a process and not, as an import would, once a test file (0.65 s and
 * 100 MB each). A file asks for it in its header: `@jest-environment ./dist/tests/support/with-binaryen.js`, and takes it
 * from `support/binaryen.ts`. Jest loads environments outside of its module sandbox, where modules are kept.
 */
import { TestEnvironment } from "jest-environment-node";
import { loadBinaryen } from "../../jit/native.js";

const binaryen = await loadBinaryen();

export default class WithBinaryen extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    (this.global as unknown as Record<string, unknown>).orusBinaryen = binaryen;
  }
}
