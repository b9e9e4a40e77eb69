// A container of its own for the journey: unpacked from the distribution, on free ports, with the demo site played.
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = new URL('../..', import.meta.url).pathname;
export const OUT = join(ROOT, '.run', 'journey');

async function freePorts(n) {
  const servers = await Promise.all(Array.from({ length: n }, () => new Promise((resolve, reject) => { const s = createServer(); s.once('error', reject); s.listen(0, '127.0.0.1', () => resolve(s)); })));
  const ports = servers.map((s) => s.address().port);
  await Promise.all(servers.map((s) => new Promise((r) => s.close(r))));
  return ports;
}

/** @returns where it answers, the folder of the demo's keys, and how to end it */
export async function startContainer() {
  const target = join(ROOT, 'karaf-assembly', 'target');
  const built = existsSync(target) && readdirSync(target).find((f) => f.endsWith('.tar.gz'));
  const archive = process.env.JOURNEY_DISTRIBUTION ?? (built && join(target, built));
  if (!archive) throw new Error('karaf-assembly/target holds no distribution: build it first (mvn install)');
  const home = join(OUT, 'home');
  stop(home); // of a journey that was killed
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['xzf', archive, '-C', home, '--strip-components=1']);
  const [http, https, mqtt, udp, chain, shell] = await freePorts(6);
  const set = (file, key, value) => {
    const path = join(home, 'etc', `${file}.cfg`);
    const text = readFileSync(path, 'utf8');
    const line = new RegExp(`^#?(${key.replaceAll('.', '\\.')} *=).*$`, 'm');
    if (!line.test(text)) throw new Error(`${path} has no ${key}`);
    writeFileSync(path, text.replace(line, `$1 ${value}`));
  };
  set('org.apache.felix.http', 'org.osgi.service.http.port', http);
  set('org.apache.felix.http', 'org.osgi.service.http.port.secure', https);
  set('org.carbomt.field.mqttbroker', 'port', mqtt);
  set('org.carbomt.field.lorawan', 'port', udp);
  set('org.carbomt.ledger.embeddedchain', 'port', chain);
  set('org.apache.karaf.shell', 'sshPort', shell);
  let starting;
  const end = () => {
    // Ended while it starts, it has not written its process id yet: it must not be left behind.
    for (let i = 0; starting && i < 40 && !existsSync(join(home, 'karaf.pid')); i++) execFileSync('sleep', ['0.25']);
    starting?.kill();
    stop(home);
    if (!process.exitCode) rmSync(home, { recursive: true, force: true }); // what failed is left to be looked at
  };
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => { process.exitCode = 130; process.exit(); });
  const start = run(join(home, 'bin', 'carbomt'), ['start', '--profile', 'all']);
  starting = start.child;
  await start;
  starting = undefined;
  const base = `http://127.0.0.1:${http}`;
  const keys = join(OUT, 'keys');
  const demo = await run('java', ['-XX:TieredStopAtLevel=1', '-jar', join(ROOT, 'demo', 'target', 'carbomt-demo.jar'), base, String(mqtt), String(udp), join(home, 'data/carbomt/first-start/administrator.key'), keys, join(OUT, 'results')]);
  writeFileSync(join(OUT, 'demo.log'), demo.stdout);
  return { base, keys, end };
}

function stop(home) {
  if (!existsSync(join(home, 'karaf.pid')) || !existsSync(join(home, 'bin', 'carbomt'))) return;
  try {
    execFileSync(join(home, 'bin', 'carbomt'), ['stop'], { stdio: 'ignore' });
  } catch (e) {
    console.error(`the container in ${home} did not stop: ${e.message}`);
  }
}
