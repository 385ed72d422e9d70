// The openai client, unmodified, against OpenAI's media API: images, videos, speech, transcription, models.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { startMillrace, wallet } from './support/millrace.mjs';

const TEST_MILLIS = { timeout: 90_000 };
const TEXT = 'The mill turns. Does the river know?';
let millrace;
let client;

before(async () => {
  millrace = await startMillrace();
  client = new OpenAI({ baseURL: `${millrace.url}/v1`, apiKey: millrace.rich.key, maxRetries: 0 });
});

after(() => millrace?.stop());

const image = (options = {}) =>
  client.images.generate({ model: 'sandbox/image', prompt: 'a mill by the river', size: '256x256', ...options });

async function picture() {
  const made = await image({ response_format: 'b64_json' });
  return Buffer.from(made.data[0].b64_json, 'base64');
}

async function ended(video) {
  let now = video;
  while (now.status === 'queued' || now.status === 'in_progress') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    now = await client.videos.retrieve(now.id);
  }
  return now;
}

test('an image comes as a link and is paid from the wallet', TEST_MILLIS, async () => {
  const earlier = await wallet(millrace.url, millrace.rich.key);
  const made = await image({ n: 2 });
  assert.equal(made.data.length, 2);
  const file = await fetch(made.data[0].url);
  assert.equal(file.headers.get('content-type'), 'image/png');
  const later = await wallet(millrace.url, millrace.rich.key);
  assert.equal((Number(earlier.available_usd) - Number(later.available_usd)).toFixed(2), '0.02');
});

test('the usual image model answers with the picture itself', TEST_MILLIS, async () => {
  const made = await client.images.generate({ model: 'gpt-image-1', prompt: 'a mill', quality: 'low', output_format: 'jpeg' });
  assert.equal(made.output_format, 'jpeg');
  assert.deepEqual([...Buffer.from(made.data[0].b64_json, 'base64').subarray(0, 2)], [0xff, 0xd8]);
});

test('a stream of an image ends with the finished one', TEST_MILLIS, async () => {
  const types = [];
  for await (const event of await image({ stream: true, partial_images: 1 })) types.push(event.type);
  assert.deepEqual(types, ['image_generation.completed']);
});

test('images are edited with a mask', TEST_MILLIS, async () => {
  const bytes = await picture();
  const file = (name) => toFile(bytes, name, { type: 'image/png' });
  const made = await client.images.edit({
    model: 'gpt-image-1',
    image: [await file('a.png'), await file('b.png')],
    mask: await file('mask.png'),
    prompt: 'the same at night',
    quality: 'low',
  });
  assert.ok(made.data[0].b64_json.length > 1000);
});

test('a video is made from a picture, downloaded, remixed, listed and deleted', TEST_MILLIS, async () => {
  const video = await client.videos.create({
    model: 'sandbox/video',
    prompt: 'a mill wheel turning',
    seconds: '4',
    size: '1280x720',
    input_reference: await toFile(await picture(), 'a.png', { type: 'image/png' }),
  });
  assert.equal(video.object, 'video');
  const done = await ended(video);
  assert.equal(done.status, 'completed');
  assert.equal(done.seconds, '4');
  const film = await client.videos.downloadContent(done.id);
  assert.equal(film.headers.get('content-type'), 'video/mp4');
  assert.ok((await film.arrayBuffer()).byteLength > 10_000);
  for (const variant of ['thumbnail', 'spritesheet']) {
    const still = await client.videos.downloadContent(done.id, { variant });
    assert.equal(still.headers.get('content-type'), 'image/jpeg');
  }
  const remix = await ended(await client.videos.remix(done.id, { prompt: 'the same in winter' }));
  assert.equal(remix.remixed_from_video_id, done.id);
  const listed = [];
  for await (const one of client.videos.list({ limit: 1 })) listed.push(one.id);
  assert.deepEqual(listed, [remix.id, done.id]);
  assert.equal((await client.videos.delete(done.id)).deleted, true);
  await assert.rejects(client.videos.retrieve(done.id), OpenAI.NotFoundError);
});

test('a model of another family makes a video through the same client', TEST_MILLIS, async () => {
  const video = await client.videos.create({
    model: 'kling-video/v2.5-turbo/pro/text-to-video',
    prompt: 'a mill',
    seconds: '5',
  });
  assert.equal((await ended(video)).status, 'completed');
});

test('speech is written down again', TEST_MILLIS, async () => {
  const speech = await client.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'coral', input: TEXT });
  assert.equal(speech.headers.get('content-type'), 'audio/mpeg');
  const mp3 = Buffer.from(await speech.arrayBuffer());
  const file = () => toFile(mp3, 'speech.mp3', { type: 'audio/mpeg' });
  const plain = await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await file() });
  assert.equal(plain.text, TEXT);
  const verbose = await client.audio.transcriptions.create({
    model: 'whisper-1',
    file: await file(),
    response_format: 'verbose_json',
    timestamp_granularities: ['word', 'segment'],
  });
  assert.equal(verbose.segments.length, 2);
  assert.equal(verbose.words.length, 7);
  const srt = await client.audio.transcriptions.create({ model: 'whisper-1', file: await file(), response_format: 'srt' });
  assert.match(srt, /^1\n00:00:00,000 --> /);
  let streamed = '';
  for await (const event of await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await file(), stream: true })) {
    if (event.type === 'transcript.text.delta') streamed += event.delta;
  }
  assert.equal(streamed, TEXT);
});

test('every format of speech that is offered is delivered, and another is refused by name', TEST_MILLIS, async () => {
  for (const format of ['mp3', 'opus', 'flac', 'wav', 'pcm']) {
    const speech = await client.audio.speech.create({ model: 'tts-1', voice: 'onyx', input: 'Hello.', response_format: format });
    assert.ok((await speech.arrayBuffer()).byteLength > 1000);
  }
  await assert.rejects(
    client.audio.speech.create({ model: 'tts-1', voice: 'onyx', input: 'Hello.', response_format: 'aac' }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'response_format',
  );
});

test('models are listed and chats answered under the same base', TEST_MILLIS, async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes('whisper-1') && ids.includes('sandbox/text'));
  assert.equal((await client.models.retrieve('tts-1')).owned_by, 'openai');
  const answer = await client.chat.completions.create({
    model: 'sandbox/text',
    messages: [{ role: 'user', content: 'hi' }],
    max_tokens: 20,
  });
  assert.equal(answer.object, 'chat.completion');
});

test('errors of media have the class and the fields that the client knows', TEST_MILLIS, async () => {
  await assert.rejects(image({ model: 'gpt-image-0' }), (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found');
  await assert.rejects(image({ n: 99 }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'n');
  await assert.rejects(
    client.images.edit({ model: 'gpt-image-1', prompt: 'a', image: await toFile(await picture(), 'a.png'), mask: await toFile(Buffer.from('no picture'), 'm.png') }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'mask',
  );
  const poor = new OpenAI({ baseURL: `${millrace.url}/v1`, apiKey: millrace.poor.key });
  await assert.rejects(
    poor.images.generate({ model: 'gpt-image-1', prompt: 'a mill' }),
    (error) => error instanceof OpenAI.RateLimitError && error.code === 'insufficient_quota',
  );
  const stranger = new OpenAI({ baseURL: `${millrace.url}/v1`, apiKey: 'mr_nobody_nothing', maxRetries: 0 });
  await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
});
