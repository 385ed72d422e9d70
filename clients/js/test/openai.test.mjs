// The openai client, unmodified, against Millrace's own /api/v1/chat/completions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI from 'openai';
import { startMillrace, wallet } from './support/millrace.mjs';

const TEST_MILLIS = { timeout: 60_000 };
let millrace;
let client;

before(async () => {
  millrace = await startMillrace();
  client = new OpenAI({ baseURL: `${millrace.url}/api/v1`, apiKey: millrace.rich.key, maxRetries: 0 });
});

after(() => millrace?.stop());

const messages = [{ role: 'user', content: 'Name three uses of a water wheel.' }];

test('an answer at once carries its usage and is paid from the wallet', TEST_MILLIS, async () => {
  const earlier = await wallet(millrace.url, millrace.rich.key);
  const answer = await client.chat.completions.create({ model: 'sandbox/text', messages, max_tokens: 60 });
  assert.equal(answer.object, 'chat.completion');
  assert.ok(answer.choices[0].message.content.length > 0);
  assert.ok(answer.usage.prompt_tokens > 0 && answer.usage.completion_tokens <= 60);
  const later = await wallet(millrace.url, millrace.rich.key);
  assert.ok(Number(later.available_usd) < Number(earlier.available_usd));
  assert.equal(Number(later.held_usd), 0);
});

test('a stream comes in pieces and ends with its usage', TEST_MILLIS, async () => {
  const stream = await client.chat.completions.create({
    model: 'sandbox/text',
    messages,
    max_tokens: 60,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  let pieces = 0;
  let last;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    pieces += 1;
    last = chunk;
  }
  assert.ok(pieces > 3 && text.length > 0);
  assert.deepEqual(last.choices, []);
  assert.ok(last.usage.total_tokens > 0);
});

test('errors have the shape and the class that the client knows', TEST_MILLIS, async () => {
  const ask = (options) => client.chat.completions.create({ model: 'sandbox/text', messages, ...options });
  await assert.rejects(ask({ model: 'sandbox/nothing' }), OpenAI.NotFoundError);
  await assert.rejects(ask({ max_tokens: -1 }), (error) => error.status === 400 && error.param === 'max_tokens');
  const stranger = new OpenAI({ baseURL: `${millrace.url}/api/v1`, apiKey: 'mr_nobody_nothing', maxRetries: 0 });
  await assert.rejects(stranger.models.list().then(() => stranger.chat.completions.create({ model: 'sandbox/text', messages })), OpenAI.AuthenticationError);
});
