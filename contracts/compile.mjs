// Compiles src/*.sol for the Shanghai rules; writes NAME.abi and NAME.bin of our contracts to out/ (or to the folder given as argument). No
// network: imports come from node_modules.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, 'out'));
const sources = Object.fromEntries(
  readdirSync(join(here, 'src')).filter((f) => f.endsWith('.sol')).sort()
    .map((f) => [`src/${f}`, { content: readFileSync(join(here, 'src', f), 'utf8') }]),
);
const input = {
  language: 'Solidity',
  sources,
  settings: {
    evmVersion: 'shanghai',
    viaIR: true,
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: 'none' },
    // ours only: code of the libraries by themselves is not wanted
    outputSelection: Object.fromEntries(Object.keys(sources).map((file) => [file, { '*': ['abi', 'evm.bytecode.object'] }])),
  },
};
const result = JSON.parse(solc.compile(JSON.stringify(input), {
  import: (path) => {
    try {
      return { contents: readFileSync(join(here, 'node_modules', path), 'utf8') };
    } catch (e) {
      return { error: String(e) };
    }
  },
}));
const ours = (result.errors ?? []).filter((e) => e.severity === 'error' || !e.sourceLocation?.file.startsWith('@'));
for (const e of ours) console.error(e.formattedMessage);
if (ours.length > 0) process.exit(1);
mkdirSync(out, { recursive: true });
for (const [file, contracts] of Object.entries(result.contracts)) {
  if (!file.startsWith('src/')) continue;
  for (const [name, c] of Object.entries(contracts)) {
    if (c.evm.bytecode.object === '') continue;
    writeFileSync(join(out, `${name}.abi`), JSON.stringify(c.abi));
    writeFileSync(join(out, `${name}.bin`), c.evm.bytecode.object);
  }
}
