// Looks at the HTML report in a real browser: opens it, follows a finding and a reference, uses the filters, prints it.
//
//   npm install playwright-core            (any folder; NODE_PATH or a node_modules above this file)
//   node tests/clients/report.mjs KEIYAKU [CHROMIUM [PICTURE.png]]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const { chromium } = createRequire(join(process.cwd(), 'package.json'))('playwright-core');
const [keiyaku, executablePath = '/usr/bin/chromium', picture] = process.argv.slice(2);
const corpus = join(dirname(fileURLToPath(import.meta.url)), '../../corpus');
const folder = mkdtempSync(join(tmpdir(), 'keiyaku-report-'));

function report(name, ...files) {
  const page = join(folder, name);
  writeFileSync(page, execFileSync(keiyaku, ['check', '--fail-on', 'never', '--format', 'html', ...files], { maxBuffer: 1 << 30 }));
  return pathToFileURL(page).href;
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
const complaints = [];
page.on('console', (message) => complaints.push(message.text()));
page.on('request', (request) => request.url().startsWith('file:') || complaints.push(request.url()));
page.on('dialog', (dialog) => (complaints.push('a dialog'), dialog.dismiss()));

await page.goto(report('draft.html', join(corpus, 'maintenance/exported-draft.txt')));
const visible = () => page.locator('aside.note:visible').count();
const all = await visible();
assert.ok(all > 10, `${all} notes`);

// A note lies beside the line of its finding.
const number = page.locator('a.number.finding').nth(1);
const note = page.locator('aside.note').nth(1);
const [line, margin] = [await number.boundingBox(), await note.boundingBox()];
assert.ok(Math.abs(line.y - margin.y) < 60 && margin.x > line.x, 'the note is in the margin at its place');

// The finding leads to its note and back.
await number.click();
assert.equal(new URL(page.url()).hash, await number.getAttribute('href'));
await note.locator('a.number').click();
assert.equal(new URL(page.url()).hash, `#${await number.getAttribute('id')}`);

// A reference leads to its target.
const reference = page.locator('a.reference').first();
await reference.click();
const target = page.locator(await reference.getAttribute('href'));
assert.ok((await target.boundingBox()).y < 900, 'the target is in sight');

// Filters hide findings, marks and counts.
const severities = { error: 0, warning: 0, info: 0 };
for (const severity of Object.keys(severities)) severities[severity] = await page.locator(`aside.note.${severity}`).count();
await page.locator('#show-error').uncheck();
assert.equal(await visible(), all - severities.error);
await page.locator('#show-error').check();
await page.locator('#rule').selectOption({ index: 1 });
const chosen = await page.locator('#rule').inputValue();
assert.equal(await visible(), await page.locator(`aside.note.${chosen}`).count());
assert.ok((await visible()) < all);
if (picture) await page.screenshot({ path: picture.replace('.png', '-one-rule.png') });
await page.locator('#rule').selectOption({ index: 0 });
assert.equal(await visible(), all);
if (picture) await page.screenshot({ path: picture });

// On paper: no filters, the notes still beside the text.
await page.emulateMedia({ media: 'print' });
assert.equal(await page.locator('nav:visible, .filters:visible').count(), 0);
assert.equal(await visible(), all);
await page.emulateMedia({ media: 'screen' });

// Hostile text is text.
const hostile = join(folder, 'hostile.txt');
writeFileSync(hostile, '<script>alert(1)</script>\n第1条（"><img src=x onerror=alert(1)>）\n委託する。。\n第3条（\'onclick=\'alert(1)）\n以上。\n');
await page.goto(report('hostile.html', hostile));
assert.equal(await page.locator('script, img, svg').count(), 0);
assert.ok((await page.locator('article').innerText()).includes('<script>alert(1)</script>'));

// The whole corpus on one page.
const started = Date.now();
await page.goto(report('corpus.html', corpus));
console.log(`${await visible()} notes of the corpus in ${Date.now() - started} ms`);
assert.deepEqual(complaints, []);
await browser.close();
console.log('ok');
