// A Millrace server of the suite's own: a fresh data directory, a funded and a poor organization, ended by process id.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../../millrace', import.meta.url));
const READY = /millrace ready on (http:\/\/\S+)/;
const START_MILLIS = 240_000;

function admin(data, ...words) {
  return JSON.parse(execFileSync(script, ['admin', ...words, '--data', data, '--json'], { encoding: 'utf8' }));
}

/**
 * Starts the server; resolves with its URL, the keys of a rich and of a poor organization, and stop().
 * Settings beyond the usual ones are given as the environment has them.
 */
export async function startMillrace(settings = {}) {
  const data = mkdtempSync(join(tmpdir(), 'millrace-clients-'));
  const rich = admin(data, 'init', '--wallet', '50');
  const poor = admin(data, 'org', 'create', 'Poor', '--wallet', '0.01');
  const environment = { ...process.env, MILLRACE_EGRESS_ALLOW: '127.0.0.0/8', ...settings };
  const child = spawn(script, ['serve', '--port', '0', '--data', data], { env: environment });
  let log = '';
  child.stderr.on('data', (piece) => (log += piece));
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ready line\n${log}`)), START_MILLIS);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${log}`)));
    child.stdout.on('data', (piece) => {
      const ready = READY.exec(String(piece));
      if (ready) {
        clearTimeout(timer);
        resolve(ready[1]);
      }
    });
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => {
        rmSync(data, { recursive: true, force: true });
        resolve();
      });
      process.kill(child.pid, 'SIGTERM');
    });
  return { url, rich, poor, stop };
}

/** The balance of a key's wallet as the server states it. */
export async function wallet(url, key) {
  const answer = await fetch(`${url}/api/v1/wallet`, { headers: { Authorization: `Bearer ${key}` } });
  if (answer.status !== 200) throw new Error(`GET /api/v1/wallet answered ${answer.status}`);
  return answer.json();
}
