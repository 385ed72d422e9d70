// A pass-through in front of the server that prints each exchange of the client under test: the suite's transcript.
import { createServer, request } from 'node:http';

const BODY_CHARACTERS = 220;

function shown(headers, chunks) {
  const type = String(headers['content-type'] ?? '');
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return '';
  if (!/json|text/.test(type)) return ` <${bytes.length} bytes of ${type || 'unnamed type'}>`;
  const text = bytes.toString('utf8').replaceAll(/\s+/g, ' ').replaceAll(/signature=[\w-]+/g, 'signature=…');
  return ` ${text.length > BODY_CHARACTERS ? `${text.slice(0, BODY_CHARACTERS)}…` : text}`;
}

/** Listens on loopback and passes everything on to the target; resolves with its URL and close(). */
export async function startTranscript(target) {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const asked = [];
    const options = { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers };
    const onward = request(options, (answer) => {
      const answered = [];
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.on('data', (chunk) => {
        answered.push(chunk);
        outgoing.write(chunk);
      });
      answer.on('end', () => {
        outgoing.end();
        const path = incoming.url.replaceAll(/signature=[\w-]+/g, 'signature=…');
        console.log(`  → ${incoming.method} ${path}${shown(incoming.headers, asked)}`);
        console.log(`  ← ${answer.statusCode}${shown(answer.headers, answered)}`);
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.on('data', (chunk) => {
      asked.push(chunk);
      onward.write(chunk);
    });
    incoming.on('end', () => onward.end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Listens on loopback for webhooks; next() resolves with the next delivery, in order. */
export async function startSink() {
  const arrived = [];
  const waiting = [];
  const server = createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      outgoing.writeHead(200).end();
      const delivery = { headers: incoming.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
      const taker = waiting.shift();
      if (taker) taker(delivery);
      else arrived.push(delivery);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/hook`,
    next: () => (arrived.length ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve))),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
