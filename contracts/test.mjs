// Runs the contract tests with forge from node_modules, offline. Arguments go to forge.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const forge = join(here, 'node_modules', '@foundry-rs', 'forge-linux-amd64', 'bin', 'forge');
const run = spawnSync(forge, ['test', ...process.argv.slice(2)], { cwd: here, stdio: 'inherit' });
if (run.error) throw run.error;
process.exit(run.status ?? 1);
