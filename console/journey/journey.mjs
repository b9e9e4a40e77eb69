// The console as people use it, in a real browser before a real container: an auditor looks at all of it, an engineer, a verifier and a trader each do their part.
// Prints a line 'ok …' for each thing that holds; ends with 1 and what was wrong otherwise. Pictures of every page lie in .run/journey.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, SIZES } from './browser.mjs';
import { OUT, startContainer } from './container.mjs';
import { Site } from './site.mjs';

const started = Date.now();
let done = 0;
const ok = (what) => console.log(`ok ${++done} ${what} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
function must(condition, what) { if (!condition) throw new Error(what); }

const PAGES = [['/', 'overview', /need/], ['/devices', 'devices', 'Devices'], ['/devices/afton-das', 'device', /Afton/], ['/quarantine', 'quarantine', 'Quarantine'], ['/hours', 'hours', /Afton 0001/], ['/hours?as=table', 'hours-table', /Afton 0001/],
  ['/cases', 'cases', 'Verification'], ['/credits', 'credits', 'Credits'], ['/trace', 'trace', /C01-001/], ['/market', 'market', 'Sales'], ['/book', 'book', 'Order book'], ['/chain', 'chain', 'Chain']];

async function auditorSignsIn(browser, site) {
  const page = await browser.window('desktop', 'light');
  const sizes = { js: 0, css: 0, font: 0 };
  page.on('response', async (r) => {
    const kind = /\.(js|css|woff2)$/.exec(new URL(r.url()).pathname)?.[1];
    if (!kind) return;
    const headers = await r.allHeaders();
    sizes[kind === 'woff2' ? 'font' : kind] += Number(headers['content-length']);
    if (kind !== 'woff2') must(headers['content-encoding'] === 'br', `${r.url()} came as ${headers['content-encoding']}, expected br`);
    if (r.url().includes('/assets/')) must(/immutable/.test(headers['cache-control']), `${r.url()} is not immutable`);
  });
  await page.goto(site.base);
  must(page.url().endsWith('/console/'), `/ leads to ${page.url()}`);
  browser.expected.push('401');
  await page.getByLabel('Access key').fill('cmt_wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This access key is not known here').waitFor();
  ok('a wrong access key is refused in words');
  await browser.look(page, 'sign-in-wrong').then((f) => must(f.length === 0, f.join('\n')));
  await page.getByLabel('Access key').fill(site.key('auditor'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: /need/ }).waitFor();
  await page.settled();
  const first = (sizes.js + sizes.css) / 1024;
  must(first <= 200, `the first page is ${first.toFixed(0)} KB of script and style, at most 200`);
  ok(`the auditor signs in; first page ${(sizes.js / 1024).toFixed(0)} KB script, ${(sizes.css / 1024).toFixed(0)} KB style (brotli), ${(sizes.font / 1024).toFixed(0)} KB font`);
  return page;
}

async function liveReadings(page, site) {
  await page.getByText('Live', { exact: true }).waitFor();
  const time = new Date(Date.UTC(2004, 2, 21) + (Date.now() % 1e9)).toISOString(); // a time of its own: the same again would be a duplicate
  must(await site.send('mq-board-1', `{"time":"${time}","mq135Raw":1234,"temperature":17.5,"humidity":44.4}`) === 200, 'the reading was not taken');
  await page.getByRole('log').getByText('MQ-135, raw counts 1,234').waitFor();
  await page.getByRole('table', { name: 'Latest readings' }).getByText('1,234').waitFor();
  ok('a reading sent while the page is open appears as event and as latest value');
}

async function devices(page) {
  await page.getByRole('link', { name: 'Devices', exact: true }).first().click();
  await page.getByRole('link', { name: /^Office CO2/ }).click();
  await page.getByRole('img', { name: /CO₂ of Office CO2/ }).locator('canvas').waitFor();
  await page.settled();
  const inked = await page.locator('.chart canvas').evaluate((c) => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n++; return n; });
  must(inked > 500, `the chart has ${inked} coloured pixels`);
  await page.getByLabel('Channel').selectOption('temperature');
  await page.getByRole('img', { name: /Temperature of Office CO2.*°C/ }).waitFor();
  must(page.url().includes('channel=temperature'), 'the channel is not in the address');
  ok('the devices, and a channel of one as a chart; the channel is in the address');
}

async function hours(page) {
  await page.getByRole('link', { name: 'Emissions', exact: true }).first().click();
  const map = page.getByRole('slider', { name: /CO₂ by hour/ });
  await map.waitFor();
  await page.goto(page.url().replace(/\/hours.*/, '/hours?source=afton-0001&hour=2020-03-10T05%3A00%3A00Z'));
  await page.getByText('44 ÷ 385 ÷ 2000').waitFor();
  for (const text of ['40 CFR 75 App. G, Eq. G-4', 'part75@', 'Heat input rate', 'journal entr', 'Readings root']) await page.getByText(text).first().waitFor();
  await map.focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForURL(/hour=2020-03-10T06/);
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/hour=2020-03-11T06/);
  must(/2020-03-11 06h · [\d.]+ t/.test(await map.getAttribute('aria-valuetext')), `the map says ${await map.getAttribute('aria-valuetext')}`);
  ok('the heat map by keyboard, an hour derived: equation, clause, rule book, steps, readings and root');
  await page.getByRole('link', { name: 'Table', exact: true }).click();
  await page.getByRole('table', { name: 'Hours of 2020-03-11' }).getByText('2020-03-11 23h').waitFor();
  await page.getByLabel('As known on, UTC').fill('2020-01-01');
  await page.keyboard.press('Enter');
  await page.getByText('As it was known on 2020-01-01').waitFor();
  await page.getByRole('button', { name: 'Show what is known now' }).click();
  await page.getByText('44 ÷ 385 ÷ 2000').waitFor();
  ok('the hours as a table, and as known on another day');
}

async function credits(page) {
  await page.getByRole('link', { name: 'Credits', exact: true }).first().click();
  for (const text of ['Baseline intensity', '44,146.439871', 'Credits, rounded down to whole tonnes']) await page.getByText(text).first().waitFor();
  const [certificate] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: 'Certificate' }).first().click()]);
  await certificate.getByText('Certificate of retirement').waitFor();
  await certificate.close();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Proof file' }).first().click()]);
  const proof = join(OUT, 'downloaded-proof.json');
  await file.saveAs(proof);
  must(statSync(proof).size > 1000, 'the proof file is empty');
  execFileSync('java', ['-XX:TieredStopAtLevel=1', '-jar', join(OUT, '../../proof-checker/target/carbomt-proof.jar'), proof], { stdio: 'pipe' });
  ok('the figures of an issuance, the certificate, and a proof file that the standalone checker accepts');
  must((await page.getByRole('button', { name: /Retire|Transfer|Issue/ }).count()) === 0, 'an auditor is offered what an auditor may not do');
  await page.getByRole('link', { name: 'Trace', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: /C01-001-20200301-20200401-001:1-5501/ }).waitFor();
  await page.locator('.graph .node').first().waitFor();
  must((await page.locator('.graph .node').count()) >= 12, 'the trace has too few steps');
  await page.locator('.graph .node', { hasText: 'Issued' }).click();
  await page.locator('.life li.chosen').getByText('0.466366 t/MWh').waitFor();
  ok('the trace from the sensors to the retirement; a step shows its facts');
}

async function engineerDecides(browser, site) {
  await site.send('afton-das', '{"time":"2020-04-01T07:00:00Z","heatInput":"lots"}');
  await site.send('afton-das', '{"time":"2091-04-01T07:00:00Z","heatInput":12}');
  const page = await browser.window('desktop', 'light');
  await browser.signIn(page, site.key('engineer'));
  await page.getByRole('link', { name: 'Quarantine', exact: true }).first().click();
  const future = page.getByRole('row', { name: /Measured in the future/ });
  await future.getByRole('button', { name: 'Release' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
  await page.getByText(/It was not taken: Measured in the future/).waitFor();
  const unread = page.getByRole('row', { name: /A value cannot be read/ });
  await unread.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('typed by hand, see log book');
  await page.screenshot({ path: join(OUT, 'dialog-discard.png') });
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('row', { name: /Discarded.*typed by hand/ }).waitFor();
  ok('the engineer releases a message (refused again, with its reason) and discards another');
  await page.getByRole('link', { name: 'Verification', exact: true }).first().click();
  await page.getByRole('button', { name: 'Open a case…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Source').selectOption('burgess-st01');
  await dialog.getByLabel(/From/).fill('2021-10-26T05:00:00Z');
  await dialog.getByLabel(/^To/).fill('2021-10-25T05:00:00Z');
  browser.expected.push('422');
  await dialog.getByRole('button', { name: 'Open the case' }).click();
  await dialog.getByText(/Expected: the start of a clock hour after from/).waitFor();
  await dialog.getByLabel(/^To/).fill('2021-10-28T05:00:00Z');
  await dialog.getByRole('button', { name: 'Open the case' }).click();
  await page.getByText('48 hours rest on synthetic readings').waitFor();
  ok('the engineer opens a case; a wrong period is refused beside its field');
  await page.getByRole('link', { name: 'Sales', exact: true }).first().click();
  await page.getByRole('button', { name: 'Offer credits…' }).click();
  await page.getByRole('dialog').getByLabel('Tonnes').fill('40');
  await page.getByRole('dialog').getByLabel(/Price a tonne/).fill('43.95');
  await page.getByText('1,758.00 USD').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Offer', exact: true }).click();
  await page.getByRole('table', { name: 'Offers' }).getByText('43.95 USD').waitFor();
  ok('the engineer offers credits; the whole price stands before the button');
  await page.context().close();
}

async function verifierSigns(browser, site) {
  const page = await browser.window('desktop', 'dark');
  await browser.signIn(page, site.key('verifier'));
  await page.getByRole('link', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Accept and sign…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your private key file').setInputFiles(site.file('verifier.public'));
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
  await dialog.getByRole('alert').getByText('This is no P-256 private key').waitFor();
  await dialog.getByLabel('Your private key file').setInputFiles(site.file('verifier.private'));
  await page.screenshot({ path: join(OUT, 'dialog-sign.png') });
  await dialog.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.getByRole('heading', { name: 'Accepted and signed' }).waitFor();
  const signed = (await site.call('auditor', 'GET', '/cases?status=SIGNED')).items.find((c) => c.sourceId === 'burgess-st01');
  must(signed?.signature?.verifierId === 'verifier', 'the server has no signature');
  ok('the verifier signs in the browser with a key file; the server verifies the signature');
  await page.context().close();
}

async function traderBuysAndRetires(browser, site) {
  await site.call('administrator', 'POST', '/accounts/blue-airways/deposits', { requestId: 'journey', minor: 200_000 });
  const page = await browser.window('phone', 'light');
  await browser.signIn(page, site.key('trader'));
  await page.getByRole('button', { name: 'More' }).click();
  must((await page.getByRole('link', { name: 'Quarantine' }).count()) === 0, 'a trader is shown the quarantine');
  await page.screenshot({ path: join(OUT, 'phone-more.png') });
  await page.locator('.tabs').getByRole('link', { name: 'Sales' }).click();
  await page.getByText('2,010.00 USD').waitFor();
  await page.getByRole('button', { name: 'Buy…' }).click();
  await page.getByText('252.00 USD is left').waitFor();
  await page.screenshot({ path: join(OUT, 'phone-buy.png') });
  await page.getByRole('dialog').getByRole('button', { name: /^Buy 40 t/ }).click();
  await page.getByText('2 offers').or(page.getByRole('table', { name: 'Earlier offers' }).getByText('43.95 USD')).first().waitFor();
  await page.getByRole('table', { name: 'Earlier offers' }).getByText('Settled').nth(1).waitFor();
  ok('the trader buys on a phone; cash and what is left stand before the button; the chain settles');
  await page.getByRole('button', { name: 'More' }).click();
  await page.locator('.tabs').getByRole('link', { name: 'Order book' }).click();
  await page.getByRole('button', { name: 'Place an order…' }).click();
  const order = page.getByRole('dialog');
  await order.getByLabel('Tonnes').fill('5');
  await order.getByLabel(/Limit a tonne/).fill('43.01');
  await page.getByText('215.05 USD').waitFor();
  browser.expected.push('422');
  await order.getByRole('button', { name: 'Place the order' }).click();
  await order.getByText(/Expected: a multiple of the tick, 5/).waitFor();
  await order.getByLabel(/Limit a tonne/).fill('43.00');
  await page.screenshot({ path: join(OUT, 'phone-order.png') });
  await order.getByRole('button', { name: 'Place the order' }).click();
  await page.getByRole('table', { name: 'Orders' }).getByText('5 of 5 t traded').waitFor();
  ok('the trader places an order in the book; a price off the tick is refused beside its field, the next one trades');
  await page.locator('.tabs').getByRole('link', { name: 'Credits' }).click();
  await page.getByRole('button', { name: 'Retire…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tonnes').fill('5');
  await dialog.getByLabel('On behalf of').fill('Readers of the journey');
  await dialog.getByLabel('Reason').fill('A test of the console');
  must(await dialog.getByRole('button', { name: 'Retire for ever' }).isDisabled(), 'a retirement is confirmed without the word');
  await dialog.getByLabel('Type retire to confirm').fill('retire');
  await page.screenshot({ path: join(OUT, 'phone-retire.png') });
  await dialog.getByRole('button', { name: 'Retire for ever' }).click();
  const row = page.getByRole('table', { name: 'Retirements' }).getByRole('row', { name: /Readers of the journey/ });
  await row.getByText('Retired').waitFor();
  await row.getByRole('link', { name: 'Certificate' }).waitFor();
  ok('the trader retires credits after typing the word; the certificate is there');
  await page.context().close();
}

async function lookAtAll(browser, site) {
  const findings = [];
  for (const theme of ['light', 'dark']) for (const size of Object.keys(SIZES)) {
    const page = await browser.window(size, theme);
    await browser.signIn(page, site.key('auditor'));
    for (const [path, name, title] of PAGES) {
      await page.goto(`${site.base}/console${path}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.settled();
      findings.push(...(await browser.look(page, `${name}-${theme}-${size}`)));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) findings.push(`${name}-${theme}-${size}: the page is ${wide} px wider than the screen`);
    }
    await page.context().close();
  }
  must(findings.length === 0, findings.join('\n'));
  ok(`axe finds nothing on ${PAGES.length} pages, light and dark, 1440 x 900 and 390 x 844; none is wider than its screen`);
}

async function keyboard(page, browser, site) {
  await page.goto(`${site.base}/console/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.settled();
  const focus = () => page.evaluate(() => { const e = document.activeElement; const s = getComputedStyle(e); const box = e.getBoundingClientRect(); return { text: (e.getAttribute('aria-label') ?? e.textContent).trim(), outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight, id: e.id, tag: e.tagName }; });
  await page.keyboard.press('Tab');
  must((await focus()).text === 'Skip to the content', `the first stop is '${(await focus()).text}'`);
  const stops = [];
  for (let i = 0; i < 24; i++) {
    const f = await focus();
    if (f.tag === 'BODY') break;
    must(f.outline && f.seen, `the focus on '${f.text}' is not seen`);
    stops.push(f.text);
    await page.keyboard.press('Tab');
  }
  for (const name of ['Sign out', 'Overview', 'Emissions', 'Chain']) must(stops.includes(name), `the keyboard does not reach '${name}': ${stops.join(', ')}`);
  await page.goto(`${site.base}/console/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  must((await focus()).id === 'main', 'the skip link does not lead to the content');
  ok(`the keyboard reaches everything (${stops.length} stops looked at), each seen; the skip link skips`);
  await page.getByRole('button', { name: 'Dark theme' }).press('Enter');
  must((await page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'))) === 'dark', 'the theme does not change');
  await page.reload();
  must((await page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'))) === 'dark', 'the theme is forgotten');
  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await page.getByLabel('Access key').waitFor();
  must((await page.evaluate(() => sessionStorage.length)) === 0, 'the key outlives the visit');
  ok('the theme is kept; signing out forgets the key');
}

let browser;
let container;
try {
  container = process.env.JOURNEY_AT ? { base: process.env.JOURNEY_AT, keys: process.env.JOURNEY_KEYS, end() {} } : await startContainer();
  ok(`a container runs at ${container.base} and has the demo's data`);
  const site = new Site(container);
  browser = await Browser.open(container.base);
  const page = await auditorSignsIn(browser, site);
  await liveReadings(page, site);
  await devices(page);
  await hours(page);
  await credits(page);
  await engineerDecides(browser, site);
  await verifierSigns(browser, site);
  await traderBuysAndRetires(browser, site);
  await lookAtAll(browser, site);
  await keyboard(page, browser, site);
  must(browser.breaches.length === 0, browser.breaches.join('\n'));
  must(browser.expected.length === 0, `expected and not seen: ${browser.expected}`);
  ok('no request left the host, no breach of the content security policy, no error in the console');
  console.log(`${done} hold, ${((Date.now() - started) / 1000).toFixed(0)} s; pictures in .run/journey`);
} catch (e) {
  console.error(`not ok ${done + 1} ${e.stack}`);
  if (browser?.breaches.length) console.error(browser.breaches.join('\n'));
  for (const context of browser?.chromium.contexts() ?? []) for (const [i, p] of context.pages().entries()) await p.screenshot({ path: join(OUT, `failed-${i}.png`) }).catch((x) => console.error(x.message));
  process.exitCode = 1;
} finally {
  await browser?.close();
  container?.end();
}
