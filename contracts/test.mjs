// Runs the contract tests with forge from node_modules, offline. Arguments go to forge; "coverage" as the first one runs that instead of "test".
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const forge = join(here, 'node_modules', '@foundry-rs', 'forge-linux-amd64', 'bin', 'forge');
const given = process.argv.slice(2);
const run = spawnSync(forge, given[0] === 'coverage' ? given : ['test', ...given], { cwd: here, stdio: 'inherit' });
if (run.error) throw run.error;
process.exit(run.status ?? 1);
