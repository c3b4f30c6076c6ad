import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderModule } from "./generate/module";

/** Writes the types of the SDK from the schemas of the provider: `npm run generate`. */
for (const module of ["waldur"]) {
  const file = join(__dirname, "..", "sdk", module, "types.ts");
  writeFileSync(file, renderModule(module));
  console.log(`wrote sdk/${module}/types.ts`);
}
