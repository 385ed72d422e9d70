// @higgsfield/client 0.2.6, both entries, unmodified: only base URL and credentials change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import v1 from '@higgsfield/client';
import v2 from '@higgsfield/client/v2';
import { startMillrace, wallet } from './support/millrace.mjs';
import { startSink, startTranscript } from './support/transcript.mjs';

const TEST_MILLIS = { timeout: 120_000 };
let millrace;
let transcript;
let sink;

before(async () => {
  millrace = await startMillrace();
  transcript = await startTranscript(millrace.url);
  sink = await startSink();
});

after(async () => {
  await sink?.close();
  await transcript?.close();
  await millrace?.stop();
});

function client(who, options = {}) {
  return v2.createHiggsfieldClient({
    baseURL: transcript.url,
    agentBaseURL: transcript.url,
    credentials: `${who.key_id}:${who.key_secret}`,
    pollInterval: 200,
    maxRetries: 0,
    ...options,
  });
}

async function bytes(url) {
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  return Buffer.from(await answer.arrayBuffer());
}

async function spent(work) {
  const earlier = await wallet(millrace.url, millrace.rich.key);
  const result = await work();
  const later = await wallet(millrace.url, millrace.rich.key);
  assert.equal(Number(later.held_usd), 0, 'nothing stays held');
  return { result, usd: (Number(earlier.available_usd) - Number(later.available_usd)).toFixed(6) };
}

test('an image runs to completion and costs what the contract says', TEST_MILLIS, async () => {
  const { result, usd } = await spent(() =>
    client(millrace.rich).subscribe('higgsfield-ai/soul/standard', {
      input: { prompt: 'a lighthouse above a golden sea at sunset', num_images: 2, aspect_ratio: '4:3' },
    }),
  );
  assert.equal(result.status, 'completed');
  assert.equal(result.images.length, 2);
  const first = await bytes(result.images[0].url);
  const second = await bytes(result.images[1].url);
  assert.ok(first.subarray(1, 4).toString() === 'PNG' || first.readUInt16BE(0) === 0xffd8, 'PNG or JPEG');
  assert.notDeepEqual(first, second);
  assert.equal(usd, '0.188000');
});

test('a video from text runs to completion', TEST_MILLIS, async () => {
  const { result, usd } = await spent(() =>
    client(millrace.rich).subscribe('/kling-video/v2.5-turbo/pro/text-to-video', {
      input: { prompt: 'waves below a pale moon', duration: 5 },
    }),
  );
  assert.equal(result.status, 'completed');
  assert.equal((await bytes(result.video.url)).subarray(4, 8).toString(), 'ftyp');
  assert.equal(usd, '0.350000');
});

test('an uploaded image becomes a video', TEST_MILLIS, async () => {
  const still = await client(millrace.rich).subscribe('higgsfield-ai/soul/standard', { input: { prompt: 'dunes' } });
  const picture = await bytes(still.images[0].url);
  const uploader = new v1.HiggsfieldClient({
    baseURL: transcript.url,
    apiKey: millrace.rich.key_id,
    apiSecret: millrace.rich.key_secret,
  });
  const uploaded = await uploader.uploadImage(picture, 'png');
  assert.deepEqual(await bytes(uploaded), picture);
  const { result, usd } = await spent(() =>
    client(millrace.rich).subscribe('higgsfield-ai/dop/standard', {
      input: { prompt: 'slowly forward', image_url: uploaded },
    }),
  );
  assert.equal(result.status, 'completed');
  assert.equal((await bytes(result.video.url)).subarray(4, 8).toString(), 'ftyp');
  assert.equal(usd, '0.563000');
});

test('a track runs through the same client', TEST_MILLIS, async () => {
  const { result } = await spent(() =>
    client(millrace.rich).subscribe('suno', { input: { prompt: 'a calm waltz for a rainy evening' } }),
  );
  assert.equal(result.status, 'completed');
  assert.equal((await bytes(result.audio.url)).subarray(0, 4).toString(), 'RIFF');
});

test('nsfw is told and nothing is charged', TEST_MILLIS, async () => {
  const { result, usd } = await spent(() =>
    client(millrace.rich).subscribe('higgsfield-ai/soul/standard', {
      input: { prompt: 'anything', sandbox: { nsfw: true } },
    }),
  );
  assert.equal(result.status, 'nsfw');
  assert.equal(result.images, undefined);
  assert.equal(usd, '0.000000');
});

test('a failure is told and nothing is charged', TEST_MILLIS, async () => {
  const { result, usd } = await spent(() =>
    client(millrace.rich).subscribe('higgsfield-ai/soul/standard', {
      input: { prompt: 'anything', sandbox: { fail: 'upstream_error' } },
    }),
  );
  assert.equal(result.status, 'failed');
  assert.equal(typeof result.error, 'string');
  assert.equal(usd, '0.000000');
});

test('the webhook of a request is delivered once it is terminal', TEST_MILLIS, async () => {
  const result = await client(millrace.rich).subscribe('higgsfield-ai/soul/standard', {
    input: { prompt: 'a red kite' },
    webhook: { url: sink.url, secret: 'unused by this entry' },
  });
  const { headers, body } = await sink.next();
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(body.request_id, result.request_id);
  assert.equal(body.status, 'completed');
  assert.equal(body.payload.images.length, 1);
  assert.equal(body.images.length, 1);
  assert.equal((await bytes(body.images[0].url)).length > 1000, true);
});

test('wrong credentials, a missing prompt, an unknown model and an empty wallet each raise their own error', TEST_MILLIS, async () => {
  const input = { prompt: 'x' };
  const stranger = { key_id: millrace.rich.key_id, key_secret: 'not-the-secret' };
  await assert.rejects(client(stranger).subscribe('higgsfield-ai/soul/standard', { input }), v2.AuthenticationError);
  await assert.rejects(
    client(millrace.rich).subscribe('higgsfield-ai/soul/standard', { input: {} }),
    (error) => error instanceof v2.BadInputError && /'prompt' is a required property/.test(error.message),
  );
  await assert.rejects(
    client(millrace.rich).subscribe('nobody/nothing', { input }),
    (error) => error instanceof v2.APIError && error.statusCode === 404,
  );
  await assert.rejects(
    client(millrace.poor).subscribe('higgsfield-ai/soul/standard', { input }),
    v2.NotEnoughCreditsError,
  );
});
