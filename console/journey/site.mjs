// The demo site as the journey's people meet it: their keys, and what is made to happen while they look.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export class Site {
  constructor({ base, keys }) {
    this.base = base;
    this.folder = keys;
  }

  key(person) { return readFileSync(join(this.folder, `${person}.key`), 'utf8').trim(); }
  file(name) { return join(this.folder, name); }

  async call(person, method, path, body) {
    const answer = await fetch(`${this.base}/api/v1${path}`, { method, headers: { Authorization: `Bearer ${this.key(person)}`, ...(body ? { 'Content-Type': 'application/json' } : {}) }, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** A message of a device, as the device sends it. @returns the HTTP status */
  async send(device, body) {
    const secret = readFileSync(join(this.folder, `${device}.secret`), 'utf8').trim();
    const answer = await fetch(`${this.base}/ingest/${device}`, { method: 'POST', headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }, body });
    return answer.status;
  }
}
