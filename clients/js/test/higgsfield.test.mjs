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

function first(options = {}) {
  return new v1.HiggsfieldClient({
    baseURL: transcript.url,
    apiKey: millrace.rich.key_id,
    apiSecret: millrace.rich.key_secret,
    pollInterval: 200,
    maxRetries: 0,
    ...options,
  });
}

test('v1: a batch of pictures in a style runs as one job set and is told to its webhook', TEST_MILLIS, async () => {
  const styles = await first().getSoulStyles();
  assert.ok(styles.length > 30);
  for (const { id, name, description, preview_url: preview } of styles) assert.ok(id && name && description && preview);
  assert.equal((await bytes(styles[0].preview_url)).readUInt16BE(0), 0xffd8, 'a JPEG');
  const { result, usd } = await spent(() =>
    first().generate(
      '/v1/text2image/soul',
      {
        prompt: 'a market at dawn',
        width_and_height: v1.SoulSize.PORTRAIT_960x1696,
        quality: v1.SoulQuality.SD,
        batch_size: v1.BatchSize.QUAD,
        style_id: styles[1].id,
        style_strength: v1.strength(0.7),
        seed: v1.seed(42),
      },
      { webhook: v1.webhook(sink.url, 'a secret') },
    ),
  );
  assert.ok(result instanceof v1.JobSet);
  assert.ok(result.isCompleted && !result.isFailed && !result.isNsfw && !result.isCanceled && !result.isQueued);
  assert.equal(result.jobs.length, 4);
  const pictures = await Promise.all(result.jobs.map((job) => bytes(job.results.raw.url)));
  assert.equal(new Set(pictures.map((picture) => picture.toString('base64'))).size, 4, 'four different pictures');
  assert.equal(usd, '0.376000');
  const { headers, body } = await sink.next();
  assert.equal(headers['x-webhook-secret-key'], 'a secret');
  assert.equal(body.id, result.id);
  assert.equal(body.jobs.length, 4);
});

test('v1: a job set can be left to itself and looked at later', TEST_MILLIS, async () => {
  const set = await first().generate('/v1/text2image/keyframes', { prompt: 'a walk', count: 2 }, { withPolling: false });
  assert.equal(set.jobs.length, 2);
  assert.ok(set.isQueued || set.isInProgress);
  const client = first();
  await set.poll(client.client, client.config);
  assert.ok(set.isCompleted);
  await set.pollV2(client.client, client.config);
  assert.equal(set.jobs[0].status, 'completed');
});

test('v1: uploads, motions and both forms of DoP', TEST_MILLIS, async () => {
  const still = await first().generate('/v1/text2image/soul', { prompt: 'dunes', width_and_height: '960x1696' });
  const picture = await bytes(still.jobs[0].results.raw.url);
  const uploaded = await first().upload(picture, 'image/png');
  const motions = await first().getMotions();
  assert.ok(motions.length > 30);
  const params = {
    model: v1.DoPModel.LITE,
    prompt: 'slowly forward',
    input_images: [v1.InputImage.fromUrl(uploaded)],
    motions: [v1.inputMotion(motions[0].id, 0.8)],
  };
  const { result, usd } = await spent(() => first().generate('/v1/image2video/dop', params));
  assert.equal(result.jobs[0].results.raw.type, 'video');
  assert.equal((await bytes(result.jobs[0].results.raw.url)).subarray(4, 8).toString(), 'ftyp');
  assert.equal(usd, '0.125000');
  const flat = await client(millrace.rich).subscribe('/v1/image2video/dop', { input: params });
  assert.equal(flat.status, 'completed');
  assert.equal((await bytes(flat.video.url)).subarray(4, 8).toString(), 'ftyp');
});

test('v1: a portrait speaks', TEST_MILLIS, async () => {
  const track = await client(millrace.rich).subscribe('sandbox/music', { input: { prompt: 'a voice', duration: 5 } });
  const face = await client(millrace.rich).subscribe('higgsfield-ai/soul/standard', { input: { prompt: 'a portrait' } });
  const { result, usd } = await spent(() =>
    first().generate('/v1/speak/higgsfield', {
      input_image: v1.InputImage.fromUrl(face.images[0].url),
      input_audio: v1.InputAudio.fromUrl(track.audio.url),
      prompt: 'she speaks calmly',
      quality: v1.SpeakVideoQuality.HIGH,
      duration: v1.SpeakDuration.SHORT,
    }),
  );
  assert.equal((await bytes(result.jobs[0].results.raw.url)).subarray(4, 8).toString(), 'ftyp');
  assert.equal(usd, '0.750000');
});

test('v1: a Soul ID is learnt, listed and drawn', TEST_MILLIS, async () => {
  const face = await client(millrace.rich).subscribe('higgsfield-ai/soul/standard', { input: { prompt: 'a portrait' } });
  const uploaded = await first().uploadImage(await bytes(face.images[0].url), 'png');
  const { result: soul, usd } = await spent(() =>
    first().createSoulId({ name: 'Ann', input_images: [v1.InputImage.fromUrl(uploaded)] }),
  );
  assert.ok(soul instanceof v1.SoulId);
  assert.ok(soul.isCompleted && !soul.isFailed);
  assert.equal(usd, '2.500000');
  const waiting = await first().createSoulId({ name: 'Ben', input_images: [v1.InputImage.fromUrl(uploaded)] }, false);
  const polling = first();
  await waiting.poll(polling.client, polling.config);
  const list = await first().listSoulIds(1, 1);
  assert.deepEqual([list.total, list.page, list.page_size, list.total_pages], [2, 1, 1, 2]);
  assert.equal(list.items[0].name, 'Ben');
  assert.equal((await first().listSoulIds()).items[1].id, soul.id);
  const set = await first().generate('/v1/text2image/soul', {
    prompt: 'Ann on a pier',
    width_and_height: v1.SoulSize.LANDSCAPE_1696x960,
    custom_reference_id: soul.id,
    custom_reference_strength: 0.9,
  });
  assert.ok(set.isCompleted);
  first().close();
});

test('v1: each refusal raises its own error', TEST_MILLIS, async () => {
  const body = { prompt: 'x' };
  await assert.rejects(first({ apiSecret: 'not-the-secret' }).getMotions(), v1.AuthenticationError);
  await assert.rejects(
    first().generate('/v1/text2image/soul', { prompt: 5 }),
    (error) => error instanceof v1.BadInputError && /prompt: 5 is not of type 'string'/.test(error.message),
  );
  await assert.rejects(first().generate('/v1/text2image/soul', 'no object'), v1.ValidationError);
  await assert.rejects(
    first({ apiKey: millrace.poor.key_id, apiSecret: millrace.poor.key_secret }).generate('/v1/text2image/soul', body),
    v1.NotEnoughCreditsError,
  );
  await assert.rejects(
    first().generate('/v1/no/such', body),
    (error) => error instanceof v1.APIError && error.statusCode === 404,
  );
  const nsfw = await first().generate('/v1/text2image/soul', { ...body, sandbox: { nsfw: true } });
  assert.ok(nsfw.isNsfw);
  const failed = await first().generate('/v1/text2image/soul', { ...body, sandbox: { fail: 'upstream_error' } });
  assert.ok(failed.isFailed);
});

test('v2: the client of the module is configured once and serves without an object', TEST_MILLIS, async () => {
  const settings = {
    baseURL: transcript.url,
    credentials: `${millrace.rich.key_id}:${millrace.rich.key_secret}`,
    pollInterval: 200,
    maxRetries: 0,
  };
  const input = { prompt: 'a red kite' };
  v2.config(settings);
  assert.equal((await v2.higgsfield.subscribe('higgsfield-ai/soul/standard', { input })).status, 'completed');
  const own = v2.createHiggsfieldClient();
  own.configure(settings);
  const submitted = await own.subscribe('higgsfield-ai/soul/standard', { input, withPolling: false });
  assert.equal(submitted.status, 'queued');
  assert.match(submitted.status_url, new RegExp(`/requests/${submitted.request_id}/status$`));
  v2.configure(settings);
});

test('v2: agents say that they are not enabled, every method', TEST_MILLIS, async () => {
  const { sessions, media } = client(millrace.rich).agents;
  for (const call of [
    () => sessions.create(),
    () => sessions.send('s1', 'hello'),
    () => sessions.messages('s1', 'm1'),
    () => sessions.interrupt('s1'),
    () => sessions.run('s1', 'hello', { timeout: 1000 }),
    () => media.upload(Buffer.from('abc'), 'jpeg'),
  ]) {
    await assert.rejects(call(), v2.AgentAccessDeniedError);
  }
});
