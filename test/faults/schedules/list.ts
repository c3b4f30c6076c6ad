import { generate } from "./runs/generate";
import { runSchedule } from "./runs/run";
(async () => {
  const want = new Map<string, Map<string, number[]>>();
  const later: { key: string; kinds: string[]; seed: number }[] = [];
  const put = (key: string, kind: string, seed: number) => {
    const sets = want.get(key) ?? new Map<string, number[]>();
    want.set(key, sets);
    sets.set(kind, [...(sets.get(kind) ?? []), seed]);
  };
  for (let seed = 0; seed < 500; seed++) {
    const schedule = generate(seed);
    const report = await runSchedule(schedule);
    const [backend = ""] = schedule.type.split(":");
    for (const inv of new Set(report.violations.map((v) => v.invariant))) {
      const key = `${backend} ${inv}`;
      const kinds = [...report.injected.keys()];
      if (kinds.length === 1) { put(key, kinds[0] ?? "", seed); continue; }
      const alone: string[] = [];
      for (const fault of schedule.faults) {
        const r = await runSchedule({ ...schedule, faults: [fault] });
        if (r.violations.some((v) => v.invariant === inv) && report.injected.has(fault.kind)) alone.push(fault.kind);
      }
      if (alone[0] !== undefined) put(key, alone[0], seed);
      else later.push({ key, kinds, seed });
    }
  }
  for (const { key, kinds, seed } of later) {
    const sets = want.get(key);
    const known = kinds.find((k) => sets?.has(k));
    console.log("//", seed, key, kinds.join(", "));
    put(key, known ?? kinds[0] ?? "", seed);
  }
  for (const [key, sets] of [...want].sort()) {
    const [backend, inv] = key.split(" ");
    console.log(`  { backend: "${backend}", invariant: "${inv}", faults: [${[...sets.keys()].sort().map((k) => JSON.stringify(k)).join(", ")}] },`);
    for (const [k, seeds] of sets) console.log(`    // ${k}: ${seeds.join(" ")}`);
  }
})();
