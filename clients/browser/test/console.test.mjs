// What a person does in the console, in a real browser: looks for a model, copies its example, signs up, makes a key, comes in by
// the links that people are given, sets a cap and rotates a key.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { startMillrace } from '../../js/test/support/millrace.mjs';
import { openBrowser } from './support/browser.mjs';
import { faults } from './support/readable.mjs';

const TEST_MILLIS = { timeout: 90_000 };
const PAGES = ['/console/models', '/console/models/sandbox/image', '/console/prices', '/console/start', '/console/support', '/docs', '/docs/apiframe'];
const OWN = ['overview', 'jobs', 'usage', 'keys', 'wallet', 'statement', 'invoices', 'caps', 'limits', 'members', 'audit', 'settings'];
let millrace;
let browser;

before(async () => {
  millrace = await startMillrace({ MILLRACE_PEOPLE_SIGN_UP: 'open' });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await millrace?.stop();
});

/** A page in a window of its own, with what it complained of and what it asked for elsewhere. */
async function opened(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (failure) => complaints.push(failure.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(millrace.url) && !url.startsWith('data:')) complaints.push(`asked ${url}`);
  });
  return { context, page, complaints };
}

for (const [width, scheme] of [[1280, 'light'], [390, 'dark']]) {
  test(`every page fits ${width} pixels in the ${scheme}, complains of nothing and asks nobody else`, TEST_MILLIS, async () => {
    const { context, page, complaints } = await opened({ viewport: { width, height: 844 }, colorScheme: scheme });
    for (const path of PAGES) {
      await page.goto(millrace.url + path);
      assert.ok((await page.locator('h1').count()) === 1, `${path} has one heading`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(/^rgb\(2\d\d,/.test(ground), scheme === 'light', `${path} is ${ground}`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test('the toggle turns the page dark, and the next page is dark from its first byte', TEST_MILLIS, async () => {
  const { context, page } = await opened({ colorScheme: 'light' });
  await page.goto(`${millrace.url}/console/models`);
  await page.click('[data-theme-toggle]');
  await page.goto(`${millrace.url}/console/prices`);
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
  await context.close();
});

test('words find models while they are typed', TEST_MILLIS, async () => {
  const { context, page, complaints } = await opened();
  await page.goto(`${millrace.url}/console/models`);
  await page.fill('[name=q]', 'suno');
  await page.waitForFunction(() => document.querySelectorAll('.models .model').length < 20);
  assert.match(await page.textContent('.models'), /suno/i);
  assert.match(page.url(), /q=suno/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('the example of a model runs as it stands on the page', TEST_MILLIS, async () => {
  const { context, page } = await opened();
  await page.goto(`${millrace.url}/console/models/sandbox/image`);
  const code = await page.textContent('#call-curl pre');
  const said = execFileSync('bash', ['-c', `${code.replace('curl ', 'curl -sS ')}`], {
    encoding: 'utf8',
    env: { ...process.env, MILLRACE_KEY: millrace.rich.key },
  });
  assert.equal(JSON.parse(said).status, 'completed');
  await context.close();
});

test('somebody signs up, makes a key, and is told that the wallet is empty', TEST_MILLIS, async () => {
  const { context, page, complaints } = await opened();
  await page.goto(`${millrace.url}/console`);
  await page.click('text=Sign in');
  await page.click('text=Create an account');
  await page.fill('[name=name]', 'Ann');
  await page.fill('[name=email]', 'ann@example.com');
  await page.fill('[name=password]', 'a long walk by the river');
  await page.click('.form .button');
  await page.waitForURL('**/console/overview');
  await page.click('.own-side >> text=Keys');
  await page.fill('[name=name]', 'first');
  await page.selectOption('[name=environment]', 'test');
  await page.click('.form.inline .button');
  const key = await page.textContent('#secret');
  assert.match(key, /^mr_/);
  const answer = await fetch(`${millrace.url}/api/v1/generations`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ model: 'sandbox/image', prompt: 'a mill by a river' }),
  });
  assert.equal(answer.status, 402, 'a new wallet is empty, and says so');
  for (const path of OWN) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${millrace.url}/console/${path}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
  }
  await page.click('text=Sign out');
  await page.waitForURL('**/console/sign-in');
  assert.deepEqual(complaints, []);
  await context.close();
});

/** That pages can be read and used, wide and narrow, in the light and the dark. */
async function assertReadable(page, paths) {
  for (const width of [1440, 390]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const path of paths) {
        await page.goto(millrace.url + path);
        assert.deepEqual(await page.evaluate(faults), [], `${path} at ${width}, ${colorScheme}`);
      }
    }
  }
}

test('what is for anybody keeps the contrast of WCAG AA and names its controls', TEST_MILLIS, async () => {
  const { context, page } = await opened();
  const doors = ['sign-in', 'sign-up', 'invitation?token=none', 'password?token=none', 'nothing'].map((path) => `/console/${path}`);
  await assertReadable(page, ['/console/models/sandbox/image', '/console/start', '/console/support', ...doors]);
  await context.close();
});

/** What the operator's key does through the API. */
async function operator(path, body) {
  const answer = await fetch(millrace.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${millrace.rich.key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  return answer.json();
}

const image = (key) =>
  fetch(`${millrace.url}/api/v1/generations`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ model: 'sandbox/image', prompt: 'a mill by a river' }),
  });

/** Somebody new who comes in by the link of an invitation. */
async function invited(page, name) {
  const { link } = await operator('/api/v1/invitations', { role: 'owner' });
  await page.goto(link);
  await page.fill('[name=name]', name);
  await page.fill('[name=email]', `${name.toLowerCase()}@example.com`);
  await page.fill('[name=password]', 'a long walk by the river');
  await page.click('.form .button');
  await page.waitForURL('**/console/overview');
  return link;
}

test('an invitation is accepted by its link, once', TEST_MILLIS, async () => {
  const { context, page, complaints } = await opened();
  const link = await invited(page, 'Bea');
  assert.match(await page.textContent('.me'), /Bea/);
  assert.deepEqual(complaints, []);
  const other = await opened();
  await other.page.goto(link);
  assert.equal(await other.page.textContent('h1'), 'The invitation was used');
  await other.context.close();
  await context.close();
});

test('a password is set by its link, and the one before works no more', TEST_MILLIS, async () => {
  const { context, page, complaints } = await opened({ javaScriptEnabled: false });
  await invited(page, 'Cleo');
  const { link } = await operator('/api/v1/password-links', { email: 'cleo@example.com' });
  await page.goto(link);
  await page.fill('[name=password]', 'another walk, by the sea');
  await page.fill('[name=again]', 'another walk, by the sea');
  await page.click('.form .button');
  assert.equal(await page.textContent('h1'), 'The password is set');
  await page.goto(`${millrace.url}/console/settings`);
  await page.waitForURL('**/console/sign-in?to=*');
  await page.fill('[name=email]', 'cleo@example.com');
  await page.fill('[name=password]', 'another walk, by the sea');
  await page.click('.form .button');
  await page.waitForURL('**/console/settings'); // where he wanted to go
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a cap is set on a key and refuses, and the key is rotated with an overlap', TEST_MILLIS, async () => {
  const { context, page, complaints } = await opened();
  await invited(page, 'Dora');
  await page.click('.own-side >> text=Keys');
  await page.fill('[name=name]', 'capped');
  await page.selectOption('[name=environment]', 'test');
  await page.click('.form.inline .button');
  const key = await page.textContent('#secret');
  await page.click('.keys >> text=capped');
  await page.fill('.form.inline [name=limit_usd]', '0.015');
  await page.click('text=Set a cap');
  await page.waitForSelector('.cap');
  assert.equal((await image(key)).status, 200);
  assert.equal((await image(key)).status, 403, 'over the cap');
  await page.reload();
  assert.match(await page.textContent('.cap'), /\$0\.005 left/);
  await page.selectOption('[name=overlap_seconds]', '3600');
  await page.click('text=Rotate the key');
  const fresh = await page.textContent('#secret');
  assert.notEqual(fresh, key);
  for (const secret of [key, fresh]) {
    const answer = await fetch(`${millrace.url}/api/v1/wallet`, { headers: { Authorization: `Bearer ${secret}` } });
    assert.equal(answer.status, 200, 'both work in the overlap');
  }
  for (const [width, scheme] of [[1280, 'dark'], [390, 'light']]) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: scheme });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `the key's page is ${over} pixels too wide at ${width}`);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test('long names break, numbers stay whole, and every page of an organization can be read and found', { timeout: 180_000 }, async () => {
  const { context, page, complaints } = await opened();
  await invited(page, 'Donaudampfschifffahrtsgesellschaftskapitaen');
  await page.click('.own-side >> text=Keys');
  await page.fill('[name=name]', 'Donaudampfschifffahrtsgesellschaftskapitänsmützenschlüssel_production_eu_central_1');
  await page.selectOption('[name=environment]', 'test');
  await page.click('.form.inline .button');
  const key = await page.textContent('#secret');
  assert.deepEqual(await page.evaluate(faults), [], 'the key is shown');
  assert.equal((await image(key)).status, 200);
  const own = `/console/keys/${key.split('_')[1]}`;
  await assertReadable(page, [...OWN.map((path) => `/console/${path}`), own]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${millrace.url}/console/wallet`);
  assert.ok((await page.evaluate(() => document.querySelector('.stack tr:nth-child(1)').clientHeight)) < 220, 'a movement is a few lines on a phone');
  await page.click('.menu summary');
  for (const path of OWN) assert.ok(await page.locator(`.menu a[href="/console/${path}"]`).isVisible(), `${path} is in the menu`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a key is revoked when the question is answered with yes, and not before', TEST_MILLIS, async () => {
  const { context, page } = await opened();
  await invited(page, 'Emil');
  await page.click('.own-side >> text=Keys');
  await page.fill('[name=name]', 'doomed');
  await page.click('.form.inline .button');
  const revoke = page.locator('tr:has-text("doomed") >> text=Revoke');
  page.once('dialog', (dialog) => dialog.dismiss());
  await revoke.click();
  await page.goto(`${millrace.url}/console/keys`);
  assert.match(await page.textContent('tr:has-text("doomed")'), /active/);
  page.once('dialog', (dialog) => dialog.accept());
  await revoke.click();
  await page.waitForFunction(() => /revoked/.test(document.querySelector('.keys').textContent));
  await context.close();
});

test('a link to a page of one\'s own leads there behind the sign-in, and to nowhere else', TEST_MILLIS, async () => {
  const { context, page } = await opened();
  await invited(page, 'Fay');
  await page.click('text=Sign out');
  await page.goto(`${millrace.url}/console/statement`);
  await page.fill('[name=email]', 'fay@example.com');
  await page.fill('[name=password]', 'a long walk by the river');
  await page.click('.form .button');
  await page.waitForURL('**/console/statement');
  await page.click('text=Sign out');
  await page.goto(`${millrace.url}/console/sign-in?to=https://example.org/`);
  assert.equal(await page.inputValue('[name=to]'), '/console/overview');
  await context.close();
});
