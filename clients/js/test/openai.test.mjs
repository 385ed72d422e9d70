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

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather at a place.',
    parameters: {
      type: 'object',
      properties: { location: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
      required: ['location', 'unit'],
      additionalProperties: false,
    },
  },
};
const question = [{ role: 'user', content: 'What is the weather in Paris, in celsius?' }];

test('a tool is called with arguments that keep its schema', TEST_MILLIS, async () => {
  const answer = await client.chat.completions.create({ model: 'sandbox/text', messages: question, tools: [weather] });
  assert.equal(answer.choices[0].finish_reason, 'tool_calls');
  assert.equal(answer.choices[0].message.content, null);
  const [call] = answer.choices[0].message.tool_calls;
  assert.deepEqual(JSON.parse(call.function.arguments), { location: 'Paris', unit: 'celsius' });
  assert.ok(answer.usage.completion_tokens > 5 && answer.usage.cost > 0);
});

test('a streamed call is put together by the client', TEST_MILLIS, async () => {
  const stream = client.chat.completions.stream({ model: 'sandbox/text', messages: question, tools: [weather], stream_options: { include_usage: true } });
  const done = [];
  stream.on('tool_calls.function.arguments.done', (event) => done.push(event.name));
  const answer = await stream.finalChatCompletion();
  const [call] = answer.choices[0].message.tool_calls;
  assert.deepEqual(done, ['get_weather']);
  assert.deepEqual(JSON.parse(call.function.arguments), { location: 'Paris', unit: 'celsius' });
  assert.ok((await stream.totalUsage()).completion_tokens > 5);
});

for (const stream of [false, true]) {
  test(`runTools calls the function and goes on to the answer, ${stream ? 'streamed' : 'whole'}`, TEST_MILLIS, async () => {
    const asked = [];
    const runner = client.chat.completions.runTools({
      model: 'sandbox/text',
      messages: question,
      stream,
      tools: [
        {
          type: 'function',
          function: {
            ...weather.function,
            parse: JSON.parse,
            function: (given) => {
              asked.push(given);
              return '11 degrees';
            },
          },
        },
      ],
    });
    const text = await runner.finalContent();
    assert.deepEqual(asked, [{ location: 'Paris', unit: 'celsius' }]);
    assert.match(text, /get_weather/);
  });
}

test('an answer keeps the format that was asked for', TEST_MILLIS, async () => {
  const schema = { type: 'object', properties: { rating: { type: 'integer', minimum: 1, maximum: 5 } }, required: ['rating'], additionalProperties: false };
  const answer = await client.chat.completions.parse({
    model: 'sandbox/text',
    messages: [{ role: 'user', content: 'Rate it 4 of 5.' }],
    response_format: { type: 'json_schema', json_schema: { name: 'rating', strict: true, schema } },
  });
  assert.deepEqual(JSON.parse(answer.choices[0].message.content), { rating: 4 });
});

test('what is wrong with tools is named', TEST_MILLIS, async () => {
  const wrong = { type: 'function', function: { name: 'get_time' } };
  await assert.rejects(
    client.chat.completions.create({ model: 'sandbox/text', messages: question, tools: [weather], tool_choice: wrong }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'tool_choice.function.name',
  );
});

test('errors have the shape and the class that the client knows', TEST_MILLIS, async () => {
  const ask = (options) => client.chat.completions.create({ model: 'sandbox/text', messages, ...options });
  await assert.rejects(ask({ model: 'sandbox/nothing' }), OpenAI.NotFoundError);
  await assert.rejects(ask({ max_tokens: -1 }), (error) => error.status === 400 && error.param === 'max_tokens');
  const stranger = new OpenAI({ baseURL: `${millrace.url}/api/v1`, apiKey: 'mr_nobody_nothing', maxRetries: 0 });
  await assert.rejects(stranger.models.list().then(() => stranger.chat.completions.create({ model: 'sandbox/text', messages })), OpenAI.AuthenticationError);
});
