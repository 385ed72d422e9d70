// @openrouter/sdk, unmodified: only the server's URL and the key change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { OpenRouter } from '@openrouter/sdk';
import { startMillrace, wallet } from './support/millrace.mjs';
import { startSink } from './support/transcript.mjs';

const TEST_MILLIS = { timeout: 120_000 };
let millrace;
let sink;
let client;

before(async () => {
  millrace = await startMillrace();
  sink = await startSink();
  client = as(millrace.rich.key);
});

after(async () => {
  await sink?.close();
  await millrace?.stop();
});

function as(key) {
  return new OpenRouter({ serverURL: `${millrace.url}/api/v1`, apiKey: key, retryConfig: { strategy: 'none' } });
}

const ask = { model: 'sandbox/text', messages: [{ role: 'user', content: 'Name three uses of a water wheel.' }] };

test('models are listed, counted, found and traced to their upstreams', TEST_MILLIS, async () => {
  const ids = [];
  for await (const page of await client.models.list({ limit: 50 })) {
    for (const model of page.result.data) {
      ids.push(model.id);
      assert.ok(model.pricing.prompt !== undefined && model.architecture.outputModalities.length === 1);
    }
  }
  const { data: counted } = await client.models.count({});
  assert.equal(ids.length, counted.count);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.includes('sandbox/text') && ids.includes('kling-video/v2.5-turbo/pro/text-to-video'));
  const { data: text } = await client.models.get({ author: 'sandbox', slug: 'text' });
  assert.equal(text.contextLength, 131072);
  assert.equal(text.pricing.completion, '0.0000006');
  const mine = await client.models.listForUser({ bearer: millrace.rich.key });
  assert.equal(mine.result.data.length, ids.length);
  for (const [author, slug] of [['sandbox', 'text'], ['kling-video', 'v2.5-turbo/pro/text-to-video']]) {
    const { data } = await client.endpoints.list({ author, slug });
    assert.equal(data.id, `${author}/${slug}`);
    assert.ok(data.endpoints.length > 0);
  }
});

test('a chat is answered, paid, and found again by its id', TEST_MILLIS, async () => {
  const earlier = await client.credits.getCredits({});
  const answer = await client.chat.send({ chatRequest: { ...ask, maxTokens: 60 } });
  assert.ok(answer.choices[0].message.content.length > 0);
  assert.ok(answer.usage.promptTokens > 0 && answer.usage.cost > 0);
  const { data: later } = await client.credits.getCredits({});
  assert.ok(later.totalUsage > earlier.data.totalUsage);
  const has = await wallet(millrace.url, millrace.rich.key);
  assert.equal((later.totalCredits - later.totalUsage).toFixed(6), Number(has.total_usd).toFixed(6));
  const { data: found } = await client.generations.getGeneration({ id: answer.id });
  assert.equal(found.totalCost, answer.usage.cost);
  assert.equal(found.tokensPrompt, answer.usage.promptTokens);
  assert.equal(found.model, 'sandbox/text');
  const { data: key } = await client.apiKeys.getCurrentKeyMetadata({});
  assert.ok(key.usage >= answer.usage.cost && key.usageDaily === key.usage);
  assert.equal(key.isManagementKey, true);
});

test('a chat falls back, and says which model answered', TEST_MILLIS, async () => {
  const answer = await client.chat.send({ chatRequest: { ...ask, model: 'no/such', models: ['sandbox/text'] } });
  assert.equal(answer.model, 'sandbox/text');
});

test('a stream comes in pieces', TEST_MILLIS, async () => {
  const stream = await client.chat.send({ chatRequest: { ...ask, stream: true, maxTokens: 60 } });
  let text = '';
  let pieces = 0;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    pieces += 1;
  }
  assert.ok(pieces > 3 && text.length > 0);
});

test('a video is submitted, polled, fetched and told of', TEST_MILLIS, async () => {
  const { data: models } = await client.videoGeneration.listVideosModels({});
  assert.ok(models.some((model) => model.id === 'sandbox/video'));
  const submitted = await client.videoGeneration.generate({
    videoGenerationRequest: {
      model: 'sandbox/video',
      prompt: 'waves below a pale moon',
      duration: 2,
      aspectRatio: '1:1',
      seed: 7,
      callbackUrl: sink.url,
    },
  });
  assert.equal(submitted.status, 'pending');
  assert.equal(submitted.pollingUrl, `${millrace.url}/api/v1/videos/${submitted.id}`);
  let polled = submitted;
  while (polled.status === 'pending' || polled.status === 'in_progress') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    polled = await client.videoGeneration.getGeneration({ jobId: submitted.id });
  }
  assert.equal(polled.status, 'completed');
  assert.equal(polled.usage.cost, 0.04);
  const film = Buffer.from(
    await new Response(await client.videoGeneration.getVideoContent({ jobId: submitted.id })).arrayBuffer(),
  );
  assert.equal(film.subarray(4, 8).toString(), 'ftyp');
  const unsigned = await fetch(polled.unsignedUrls[0]);
  assert.deepEqual(Buffer.from(await unsigned.arrayBuffer()), film);
  const { data: found } = await client.generations.getGeneration({ id: polled.generationId });
  assert.equal(found.totalCost, 0.04);
  const told = await sink.next();
  assert.equal(told.body.id, submitted.id);
  assert.equal(told.body.status, 'completed');
});

test('failures have the class that the client knows', TEST_MILLIS, async () => {
  const video = { model: 'sandbox/video', prompt: 'waves', duration: 10 };
  const generate = (who, request) => who.videoGeneration.generate({ videoGenerationRequest: request });
  await assert.rejects(generate(as('mr_nobody_nothing'), video), { name: 'UnauthorizedResponseError' });
  await assert.rejects(generate(as(millrace.poor.key), video), { name: 'PaymentRequiredResponseError' });
  await assert.rejects(generate(client, { ...video, model: 'no/such' }), { name: 'NotFoundResponseError' });
  await assert.rejects(
    generate(client, { ...video, duration: 99 }),
    (error) => error.name === 'BadRequestResponseError' && error.error.metadata.field === 'duration',
  );
  const chat = (as, request = ask) => as.chat.send({ chatRequest: request });
  await assert.rejects(chat(as('mr_nobody_nothing')), { name: 'UnauthorizedResponseError' });
  const dear = { ...ask, messages: [{ role: 'user', content: 'word '.repeat(20_000) }] };
  await assert.rejects(chat(as(millrace.poor.key), dear), { name: 'PaymentRequiredResponseError' });
  await assert.rejects(chat(client, { ...ask, model: 'no/such' }), { name: 'NotFoundResponseError' });
  await assert.rejects(client.generations.getGeneration({ id: 'gen-none' }), { name: 'NotFoundResponseError' });
});

test('keys are made, listed, changed, read and deleted by the management client', TEST_MILLIS, async () => {
  const made = await client.apiKeys.create({ requestBody: {
    name: 'from the client', limit: 12.5, limitReset: 'monthly', expiresAt: new Date(Date.now() + 86_400_000),
  } });
  assert.match(made.key, /^mr_[a-z0-9]+_[a-z0-9]+$/);
  assert.equal(made.data.limit, 12.5);
  assert.equal(made.data.limitRemaining, 12.5);
  assert.equal(made.data.limitReset, 'monthly');
  assert.ok(made.data.expiresAt instanceof Date && !made.data.disabled);
  const theirs = await as(made.key).apiKeys.getCurrentKeyMetadata({});
  assert.equal(theirs.data.limit, 12.5);
  assert.equal(theirs.data.isManagementKey, false);
  const listed = await client.apiKeys.list({});
  assert.ok(listed.data.some((key) => key.hash === made.data.hash));
  const changed = await client.apiKeys.update({ hash: made.data.hash, requestBody: { name: 'other', disabled: true, limit: null } });
  assert.equal(changed.data.name, 'other');
  assert.equal(changed.data.limit, null);
  assert.ok(changed.data.disabled);
  await assert.rejects(as(made.key).apiKeys.getCurrentKeyMetadata({}), (error) => error.statusCode === 403);
  const hidden = await client.apiKeys.list({});
  assert.ok(!hidden.data.some((key) => key.hash === made.data.hash));
  const shown = await client.apiKeys.list({ includeDisabled: true, offset: 0 });
  assert.ok(shown.data.some((key) => key.hash === made.data.hash));
  const one = await client.apiKeys.get({ hash: made.data.hash });
  assert.equal(one.data.usage, 0);
  assert.deepEqual(await client.apiKeys.delete({ hash: made.data.hash }), { deleted: true });
  await assert.rejects(client.apiKeys.get({ hash: made.data.hash }), (error) => error.statusCode === 404);
});
