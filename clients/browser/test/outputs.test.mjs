// What a customer does with a signed link: puts it into a page, looks, plays, and jumps to another place.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { startMillrace } from '../../js/test/support/millrace.mjs';
import { openBrowser, servePage } from './support/browser.mjs';
import { makeOutputs } from './support/outputs.mjs';

const TEST_MILLIS = { timeout: 60_000 };
const PICTURES = fileURLToPath(new URL('../../../target/browser', import.meta.url));
let millrace;
let outputs;
let site;
let browser;
let page;
const answers = [];

before(async () => {
  millrace = await startMillrace();
  outputs = await makeOutputs(millrace);
  site = await servePage(outputs);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1200, height: 560 } });
  page.on('response', (answer) => answers.push({ url: answer.url(), status: answer.status(), headers: answer.headers() }));
  await page.goto(site.url);
});

after(async () => {
  await browser?.close();
  await site?.close();
  await millrace?.stop();
});

/** Waits until a media element knows its file, then says what it knows. */
function loaded(id) {
  return page.evaluate(async (name) => {
    const media = document.getElementById(name);
    if (media.readyState < HTMLMediaElement.HAVE_CURRENT_DATA && !media.error) {
      await new Promise((resolve) => ['loadeddata', 'error'].forEach((event) => media.addEventListener(event, resolve)));
    }
    return { error: media.error?.message, duration: media.duration, width: media.videoWidth, height: media.videoHeight };
  }, id);
}

/** Plays until the element's own clock has gone on by so many seconds; resolves with where it stands. */
function played(id, seconds) {
  return page.evaluate(
    async ([name, more]) => {
      const media = document.getElementById(name);
      const goal = media.currentTime + more;
      await media.play();
      await new Promise((resolve) => {
        const look = () => media.currentTime >= goal && resolve();
        media.addEventListener('timeupdate', look);
        media.addEventListener('ended', resolve);
      });
      media.pause();
      return media.currentTime;
    },
    [id, seconds],
  );
}

/** Jumps; resolves with where the element then stands. */
function jumped(id, to) {
  return page.evaluate(
    async ([name, time]) => {
      const media = document.getElementById(name);
      await new Promise((resolve) => {
        media.addEventListener('seeked', resolve, { once: true });
        media.currentTime = time;
      });
      return media.currentTime;
    },
    [id, to],
  );
}

test('the image has the size that was asked for', TEST_MILLIS, async () => {
  const size = await page.evaluate(async () => {
    const image = document.getElementById('image');
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  assert.deepEqual(size, [768, 512]);
  assert.deepEqual(size, [outputs.image.width, outputs.image.height]);
});

test('the video has its length and its size, and plays', TEST_MILLIS, async () => {
  const known = await loaded('video');
  assert.equal(known.error, undefined);
  assert.ok(Math.abs(known.duration - 3) < 0.1, `lasts ${known.duration} s`);
  assert.deepEqual([known.width, known.height], [outputs.video.width, outputs.video.height]);
  assert.ok((await played('video', 0.5)) >= 0.5);
});

test('the video moves: another place is another picture', TEST_MILLIS, async () => {
  const { x, y, width, height } = await page.locator('#video').boundingBox();
  const withoutControls = { x, y, width, height: height / 2 };
  const picture = () => page.screenshot({ clip: withoutControls });
  assert.equal(await jumped('video', 2.5), 2.5);
  const late = await picture();
  assert.equal(await jumped('video', 0.25), 0.25);
  assert.notDeepEqual(await picture(), late);
});

test('the track lasts as long as was asked for, plays, and can be jumped in', TEST_MILLIS, async () => {
  const known = await loaded('track');
  assert.equal(known.error, undefined);
  assert.ok(Math.abs(known.duration - 8) < 0.01, `lasts ${known.duration} s`);
  assert.equal(await jumped('track', 6), 6);
  assert.ok((await played('track', 0.5)) >= 6.5);
});

test('media are answered in parts, which is what jumping needs', TEST_MILLIS, () => {
  for (const output of [outputs.video, outputs.track]) {
    const parts = answers.filter((answer) => answer.url === output.url);
    assert.ok(parts.length > 0);
    for (const part of parts) {
      assert.equal(part.status, 206);
      assert.match(part.headers['content-range'], new RegExp(`^bytes \\d+-\\d+/${output.bytes}$`));
      assert.equal(part.headers['content-type'], output.content_type);
    }
  }
});

test('a link that somebody changed shows nothing', TEST_MILLIS, async () => {
  const forged = outputs.image.url.replace(/signature=./, (start) => (start.endsWith('A') ? 'signature=B' : 'signature=A'));
  assert.notEqual(forged, outputs.image.url);
  const outcome = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const image = new Image();
        image.onload = () => resolve('shown');
        image.onerror = () => resolve('refused');
        image.src = url;
      }),
    forged,
  );
  assert.equal(outcome, 'refused');
});

test('the page is kept as a picture for whoever wants to look', TEST_MILLIS, async () => {
  mkdirSync(PICTURES, { recursive: true });
  await jumped('video', 1.5);
  const picture = await page.screenshot({ path: `${PICTURES}/outputs.png` });
  assert.ok(picture.length > 100_000, 'not an empty page');
});
