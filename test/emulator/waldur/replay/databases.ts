import { recordedSeed, type Seed } from "../../../../emulator/index";

/** A database that scenarios were recorded on, one after the other, with the recorded ids of what was in it. */
export interface Database {
  name: string;
  /** Scenario numbers in the order of their recording. */
  scenarios: string[];
  seed: Seed;
}

interface RecordedIds {
  customers: Record<string, string>;
  types: Record<string, string>;
  images: Record<string, string>;
  instances: Record<string, string>;
  volumes: Record<string, string>;
  snapshots: Record<string, string>;
  single: Seed["uuids"];
}

function seedWith(ids: RecordedIds): Seed {
  const seed = recordedSeed();
  const give = (rows: { name: string; uuid?: string }[], known: Record<string, string>): void => {
    for (const row of rows) {
      const uuid = known[row.name];
      if (uuid !== undefined) row.uuid = uuid;
    }
  };
  give(seed.customers, ids.customers);
  give(seed.types, ids.types);
  give(seed.images, ids.images);
  for (const project of seed.projects) {
    give(project.instances, ids.instances);
    give(project.volumes, ids.volumes);
    give(project.snapshots, ids.snapshots);
  }
  seed.uuids = ids.single;
  return seed;
}

const failing = "FAIL_EXTEND FAIL_UPDATE FAIL_RETYPE FAIL_ATTACH vol";

function firstSeed(): Seed {
  const seed = seedWith({
    customers: { Acme: "5aa3755dbf6b4ffdb0f6cef66228508f", Other: "6f320a4c1d7546e2874e5be9ad60ea87" },
    types: {
      ssd: "f3c938d0fa4b474682186026dc2a5db0",
      hdd: "d39e31379dcd4f4d98275853d72c43c0",
      hidden: "6b212f472fe14be199aba407e3d86448",
    },
    images: { "debian-12": "0a82987ab01c40358778d6a44bdf0caf" },
    instances: {
      "vm-shutoff": "730c824f529e48968271e384d7417ba7",
      "vm-active": "5ca0ae14bee341dab5ec82c71f71f0a8",
    },
    volumes: {
      "data-1": "62a4ac5f2c83421a88d607c27a96f162",
      "data-2": "e78fb2b283834eb1bb05d59c2fd19ef9",
      "data-3": "629bbe43a7b84c8b8507ff27d2384523",
      "no-type": "c32d73aebbe343d6a8fa163deb6610b4",
      "bootable-1": "269593c79b9e414193f4c87bacd2ab2d",
      "erred-1": "a3b99a371c6b4d65944e57be40c58843",
      "attached-1": "30202992dc9d4ccab84bc3731ee10757",
      "vm-active-data": "b1215324700b4cb493cae9edc0fec47a",
      "vm-active-system": "b5eebe2e299e4accb3d123f800035b2d",
      [failing]: "f5ba2981382c454398bd807648286537",
    },
    snapshots: {
      "seed-snap-1": "d38e032cdfe64aa0b0497aa7b0f16ee9",
      "seed-snap-2": "5c7ed5ec6b244d9db0ea038796eedb6c",
      "erred-snap": "c245a57b64ca4780a604928159cf0e5f",
      "stuck-snap": "747dd62d6c4a40edad36a0649357aa88",
      "backup-snap": "b2114e7072bb4727b420aacabd60131b",
      "scheduled-snap": "85d1f86ead0445a5a628de0f1a5a25e8",
      "other-snap": "3f7be8eade0648449ce3b2786d3dc899",
    },
    single: {
      project: "005094838db74185ab3879771873dc2e",
      otherProject: "bd0408305678470faf950f7c900e3c11",
      tenant: "fba3130ef68d4802943b99231560a51a",
      settings: "1184dc4e9e084316a9b65dadaaecc3f4",
      offering: "d0a0e039080f4799a831c012b272d781",
      plan: "f9483bba877842ceb8875bd9abc739d2",
    },
  });
  const retained = seed.projects[0]?.snapshots.find(({ name }) => name === "seed-snap-2");
  if (retained !== undefined) retained.keptUntil = "2026-12-21T08:00:19.227879Z";
  return seed;
}

function secondSeed(): Seed {
  return seedWith({
    customers: { Acme: "1670ebd222c64152accdcbc79a791562" },
    types: {
      ssd: "468add93fa3c417487b3f44f16273d6a",
      hdd: "6319d4ca4d1f4ab1b70b8667e202349b",
      hidden: "4af540195d854484aa4433cd87db3f4d",
    },
    images: {},
    instances: {
      "vm-shutoff": "0ca2af6135384350ae8870cc2115c057",
      "vm-active": "a174e9f1b53149b782e8723fa89080c5",
      "vm-paused": "2a22653faba94bdabc4663f050fbe2f4",
    },
    volumes: {
      "data-1": "e711bccf61384ec1ae3c98549dd58dcf",
      "data-2": "3c07222949d04d0b9f3cee51110f34ea",
      "data-3": "ede1c2cef39447168c6756f7ca96f23a",
      "no-type": "d53365aa29044436a958d87f966a184f",
      "bootable-1": "fd6dfca4904e4e7b9ff7ee35a89b9715",
      "erred-1": "f0fe26e8d4324c99b8dcc106225c3c1b",
      "attached-1": "92f8ea2c015145d5ab18026789c5b122",
      "vm-active-data": "e011bb7d15464ed789702e8fbeaad3ad",
      [failing]: "5c01f23a1faa4bca8cd8bc9c9896a0f6",
    },
    snapshots: {},
    single: { project: "f67bf1fbeb7144389ca8b999e4d08872", offering: "1a3eb955a04c43a989c63a0d17dca564" },
  });
}

/**
 * The two databases. What a scenario left behind is there in the next one (quotas, orders, kept snapshots), so the
 * replay runs them in the order of their recording.
 */
export function databases(): Database[] {
  return [
    {
      name: "first database",
      scenarios: [
        ...["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"],
        ...["15", "16", "17", "18", "20", "21", "22"],
      ],
      seed: firstSeed(),
    },
    { name: "second database", scenarios: ["23", "12", "13", "14"], seed: secondSeed() },
  ];
}
