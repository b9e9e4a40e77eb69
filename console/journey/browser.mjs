// Chromium and what every page must keep: nothing asked of another host, no breach of the content security policy, no error in the console, no finding of axe.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { OUT } from './container.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

export class Browser {
  breaches = [];
  expected = [];

  static async open(base) {
    const it = new Browser();
    it.base = base;
    it.chromium = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
    return it;
  }

  /** A window of a person: nothing kept from another. */
  async window(size, theme) {
    const context = await this.chromium.newContext({ viewport: SIZES[size], colorScheme: theme, locale: 'en-GB', timezoneId: 'Asia/Tokyo', hasTouch: size === 'phone', acceptDownloads: true });
    await context.addInitScript(() => addEventListener('securitypolicyviolation', (e) => console.error(`content security policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`)));
    const page = await context.newPage();
    // Asked and not yet answered; the stream of live events never ends and does not count.
    const open = new Set();
    page.on('request', (r) => { if (!r.url().endsWith('/api/v1/events')) open.add(r); });
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, (r) => open.delete(r));
    page.settled = async () => {
      const until = Date.now() + 15_000;
      for (let quiet = 0; quiet < 3; quiet = open.size === 0 ? quiet + 1 : 0) {
        if (Date.now() > until) throw new Error(`still asked for after 15 s: ${[...open].map((r) => r.url()).join(', ')}`);
        await page.waitForTimeout(60);
      }
    };
    page.setDefaultTimeout(15_000);
    page.on('request', (r) => { if (!r.url().startsWith(this.base + '/') && !/^(data|blob):/.test(r.url())) this.breaches.push(`a request left the host: ${r.url()}`); });
    page.on('pageerror', (e) => this.breaches.push(`an error on ${page.url()}: ${e.message}`));
    page.on('console', (m) => {
      if (m.type() !== 'error' && m.type() !== 'warning') return;
      const i = this.expected.findIndex((x) => m.text().includes(x));
      if (i >= 0) this.expected.splice(i, 1); else this.breaches.push(`in the console of ${page.url()}: ${m.text()}`);
    });
    return page;
  }

  async signIn(page, key) {
    await page.goto(`${this.base}/console/`);
    await page.getByLabel('Access key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  /** A picture of the whole page, and axe over it. @returns axe's findings in words */
  async look(page, name) {
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true });
    await page.evaluate(AXE);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => ({ id: v.id, help: v.help, at: v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`) }))));
    return found.map((v) => `${name}: ${v.id}: ${v.help} at ${v.at.join(' | ')}`);
  }

  async close() { await this.chromium?.close(); }
}
