/** Explanations of errors about files and modules. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

const SHAPES = `
pub fn area(a: i32, b: i32) -> i32:
    return helper(a) * b
fn helper(n: i32) -> i32:
    return n
`;

export const MODULES = {
  E3001: {
    text: "The file does not exist, is a directory, or may not be read; the message says which.",
    wrong: { prompt: "orus run repot.orus" },
    right: { prompt: "orus run report.orus" },
  },
  E3002: {
    text: "The modules import each other in a circle, so none can come first. Move what they share to a module of its own.",
    wrong: {
      text: `
use a
print(a.one())
`,
      modules: {
        a: `
use b
pub fn one() -> i32:
    return b.two() - 1
`,
        b: `
use a
pub fn two() -> i32:
    return a.one() + 1
`,
      },
    },
    right: {
      text: `
use a
print(a.one())
`,
      modules: {
        a: `
use b
pub fn one() -> i32:
    return b.two() - 1
`,
        b: `
pub fn two() -> i32:
    return 2
`,
      },
    },
  },
  E3003: {
    text: "No directory that is searched has a file of this name: the current one comes first, then that of the importing file, those of `--path`, that of the `orus` command, and those of `ORUSPATH`. `use a.b` means the file `a/b.orus`.",
    wrong: `
use no_such_module
print(no_such_module.area(2, 3))
`,
    right: {
      text: `
use shapes
print(shapes.area(2, 3))
`,
      modules: { shapes: SHAPES },
    },
  },
  E3004: {
    text: "The module has nothing of this name. What it exports is what its file declares with `pub`.",
    wrong: {
      text: `
use shapes: volume
print(volume(2, 3))
`,
      modules: { shapes: SHAPES },
    },
    right: {
      text: `
use shapes: area
print(area(2, 3))
`,
      modules: { shapes: SHAPES },
    },
  },
  E3007: {
    text: "The file has the ending of a built module, but is none, or one of another version of Orus, or it was damaged. Build it again from the source.",
    wrong: { prompt: "orus run picture.wasm" },
    right: { prompt: "orus build report.orus && orus run report.wasm" },
  },
  E3005: {
    text: "The module has the name but does not export it: what others may use is marked `pub`.",
    wrong: {
      text: `
use shapes: helper
print(helper(2))
`,
      modules: { shapes: SHAPES },
    },
    right: {
      text: `
use shapes: area
print(area(2, 3))
`,
      modules: { shapes: SHAPES },
    },
  },
  E3006: {
    text: "The program declares a function of the host that this host does not have. It is found out before anything runs.",
    wrong: `
extern "orus.test":
    fn no_such_function(a: i32) -> i32
print(no_such_function(1))
`,
    right: `
extern "orus.test":
    fn add(a: i32, b: i32) -> i32
print(add(1, 2))
`,
  },
} satisfies Partial<Record<Code, Entry>>;
