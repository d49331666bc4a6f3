/**
 * Exits that a test can force: each site stores a byte when it is reached, and leaves when its force byte is set.
 * docs/architecture.md, "Forced exits". Nothing of this is in code that users run.
 */
import type { Value } from "../ssa/index.js";
import { reasonOf } from "./checks.js";
import type { Exit, Exits } from "./exits.js";
import type { Expr } from "./instructions.js";
import type { Unit } from "./unit.js";

export interface ForcedSite {
  readonly reason: string;
  readonly pc: number;
  /** Names the place for ever: function, unit, address, kind, CALLs around it. */
  readonly key: string;
}

export class ForcedExits {
  /** All places that can leave, forced or not, in order. */
  readonly sites: ForcedSite[] = [];
  constructor(private readonly u: Unit) {}

  /** Notes the op as a site and, in a forced build, writes the test that leaves by `exit`. `first`: what to do before. */
  before(v: Value, exit: Exit, exits: Exits, out: Expr[], first: () => readonly Expr[] = () => []): void {
    const { ins, target, f } = this.u;
    const unit = f.loopPc < 0 ? "body" : `loop${f.loopPc}`;
    const key = `f${f.fn} ${unit} @${v.pc} ${v.op} ${v.inlined.join(",")}`.trimEnd();
    this.sites.push({ reason: reasonOf(v), pc: v.pc, key });
    if (!target.forceSite) return;
    const site = target.forceSite(key);
    const { i32 } = ins.m;
    out.push(i32.store8(site, 1, ins.loadVm("reachedBase"), ins.i32(1)));
    const clear = i32.store8(site, 1, ins.loadVm("forceBase"), ins.i32(0));
    out.push(
      ins.m.if(
        i32.load8_u(site, 1, ins.loadVm("forceBase")),
        ins.m.block(null, [clear, ...first(), ...exits.leave(exit, null)]),
      ),
    );
  }
}
