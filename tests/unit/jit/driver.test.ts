/** The driver alone, on a program that charges as it is told and a clock that moves with it. */
import { describe, expect, test } from "@jest/globals";
import { POLL, RUN } from "../../../compiler/layout/vm.js";
import { Batches } from "../../../jit/batches.js";
import { Driver, type Limits, TIME_IS_UP } from "../../../jit/driver.js";

/** Charges `total` units, each `nanoseconds` long; counts what the driver does. */
class Fake {
  time = 0;
  budget = 0;
  charged = 0;
  slices: number[] = [];
  flushes = 0;
  stopped: number | null = null;
  constructor(
    readonly total: number,
    public nanoseconds = 10,
  ) {}

  readonly now = (): number => this.time;
  readonly program = {
    run: (): number => {
      const units = Math.min(this.budget, this.total - this.charged);
      this.budget -= units;
      this.charged += units;
      this.time += (units * this.nanoseconds) / 1e6;
      return this.charged === this.total ? RUN.DONE : RUN.BUDGET;
    },
    stopAt: (code: number): number => {
      this.stopped = code;
      return RUN.ERROR;
    },
    failAt: (code: number): void => {
      this.stopped = code;
    },
    addBudget: (units: number): void => {
      this.budget += units;
      this.slices.push(units);
    },
    flush: (): void => {
      this.flushes++;
    },
    collect: (): void => {},
    lastPlace: (): number => 40_000,
  };
  driver(limits: Partial<Limits> = {}, batches: Batches | null = null): Driver {
    return new Driver(this.program, { fuel: null, maxTime: null, ...limits }, batches, this.now);
  }
}

describe("fuel", () => {
  test("is the sum of all slices", () => {
    const fake = new Fake(10_000_000);
    expect(fake.driver({ fuel: 1_234_567 }).run()).toBe(RUN.ERROR);
    expect(fake.charged).toBe(1_234_567);
    expect(fake.slices.reduce((a, b) => a + b)).toBe(1_234_567);
    expect(fake.stopped).toBe(TIME_IS_UP);
  });
  test("that just suffices does not stop the program", () => {
    const fake = new Fake(50_000);
    expect(fake.driver({ fuel: 50_000 }).run()).toBe(RUN.DONE);
    expect(fake.stopped).toBe(null);
  });
  test("of 0 stops at the first charge", () => {
    const fake = new Fake(5);
    fake.driver({ fuel: 0 }).run();
    expect(fake.charged).toBe(0);
    expect(fake.stopped).toBe(TIME_IS_UP);
  });
});

test("time ends a program within a few slices", () => {
  const fake = new Fake(Number.MAX_SAFE_INTEGER);
  expect(fake.driver({ maxTime: 100 }).run()).toBe(RUN.ERROR);
  expect(fake.time).toBeGreaterThanOrEqual(100);
  expect(fake.time).toBeLessThan(110);
});

test("slices last about a millisecond at first, then longer, and are bounded in units", () => {
  const fake = new Fake(400_000_000, 100);
  fake.driver({ maxTime: 1000 }).run();
  const early = fake.slices[20]!;
  expect((early * 100) / 1e6).toBeCloseTo(1, 0);
  expect(fake.slices.at(-1)!).toBeGreaterThan(early);

  const fast = new Fake(Number.MAX_SAFE_INTEGER, 0.3);
  fast.driver({ maxTime: 2000 }).run();
  expect(Math.max(...fast.slices)).toBeLessThanOrEqual(1 << 20);
});

test("a program that gets slower is asked again soon", () => {
  const fake = new Fake(Number.MAX_SAFE_INTEGER, 0.3);
  const driver = fake.driver({ maxTime: 1000 });
  const { addBudget } = fake.program;
  fake.program.addBudget = (units): void => {
    if (fake.time > 500) fake.nanoseconds = 300;
    addBudget(units);
  };
  driver.run();
  expect(fake.time).toBeLessThan(1400);
});

test("output is flushed every 50 ms", () => {
  const fake = new Fake(Number.MAX_SAFE_INTEGER, 10);
  fake.driver({ maxTime: 1000 }).run();
  expect(fake.flushes).toBeGreaterThanOrEqual(17);
  expect(fake.flushes).toBeLessThanOrEqual(20);
});

describe("native code asks", () => {
  test("and goes on", () => {
    const fake = new Fake(10);
    const driver = fake.driver();
    expect(driver.poll()).toBe(POLL.GO_ON);
    expect(fake.budget).toBeGreaterThan(0);
  });
  test("and is stopped without fuel", () => {
    const fake = new Fake(10);
    expect(fake.driver({ fuel: 0 }).poll()).toBe(POLL.ERROR);
    expect(fake.stopped).toBe(TIME_IS_UP);
  });
  test("and leaves in four growing batches, then never", () => {
    const fake = new Fake(10);
    const driver = fake.driver({}, new Batches());
    const leaves: number[] = [];
    for (fake.time = 0; fake.time < 2000; fake.time += 0.5) if (driver.poll() === POLL.LEAVE) leaves.push(fake.time);
    expect(leaves.length).toBe(4);
    const lengths = leaves.map((t, i) => t - (leaves[i - 1] ?? 0));
    for (let i = 1; i < lengths.length; i++) expect(lengths[i]!).toBeGreaterThan(2 * lengths[i - 1]!);
  });
  test("and leaves again after new code was installed", () => {
    const batches = new Batches();
    for (let t = 0; t < 500; t++) batches.leave(40_000, t);
    expect(batches.leave(40_000, 10_000)).toBe(false);
    batches.restart();
    batches.leave(40_000, 10_000);
    expect(batches.leave(40_000, 10_002)).toBe(true);
  });
});
