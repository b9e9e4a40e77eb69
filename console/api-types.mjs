// The types of the client come from the API's own description, as the REST bundle serves it. Without an argument: says whether the committed file still fits
// (the build fails when it does not); with --write: writes it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../bundles/platform/rest/target/classes/org/carbomt/platform/rest/openapi.json', import.meta.url);
const target = new URL('src/api/schema.d.ts', import.meta.url);
if (!existsSync(source)) {
  console.error('api-types: the REST bundle is not built, so its openapi.json is missing; build bundles/platform/rest first');
  process.exit(1);
}
const text = '// Made by `npm run api`; the build fails when the API and this file differ.\n' + astToString(await openapiTS(JSON.parse(readFileSync(source, 'utf8'))));
if (process.argv.includes('--write')) {
  writeFileSync(target, text);
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
  console.error("api-types: src/api/schema.d.ts differs from the API; run 'npm run api' and mend what no longer compiles");
  process.exit(1);
}
