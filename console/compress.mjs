// Writes .br and .gz beside every text asset, so that the server only has to pick one. Prints what the first page costs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

let script = 0;
for (const file of readdirSync('dist', { recursive: true }).map(String)) {
  if (!/\.(js|css|svg|json)$/.test(file)) continue;
  const path = join('dist', file);
  const bytes = readFileSync(path);
  const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(path + '.br', br);
  writeFileSync(path + '.gz', gzipSync(bytes, { level: 9 }));
  if (/index-.*\.js$/.test(file)) script += br.length;
}
console.log(`shell script, brotli: ${(script / 1024).toFixed(1)} KB`);
if (script > 170 * 1024) { console.error('the shell is above 170 KB'); process.exit(1); }
