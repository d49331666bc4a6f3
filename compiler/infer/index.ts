/** The door of inference: names, types and control flow of the complete language, over all modules of a program. */
export { checkProgram, type Found, type Library, type Program, type ProgramModule } from "./modules.js";
export { show } from "./types.js";
