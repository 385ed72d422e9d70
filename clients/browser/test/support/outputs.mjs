// Makes one output of each kind through Millrace's own API, as any customer would.
const PAUSE_MILLIS = 250;

async function call(millrace, path, body) {
  const answer = await fetch(millrace.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${millrace.rich.key}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(said)}`);
  return said;
}

/** Runs a job to its end; resolves with its first output: the signed link, and what Millrace says of the file. */
async function made(millrace, model, prompt, settings) {
  let job = await call(millrace, '/api/v1/generations', { model, prompt, settings, async: true });
  while (job.status === 'queued' || job.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
    job = await call(millrace, `/api/v1/jobs/${job.id}`);
  }
  if (job.status !== 'completed') throw new Error(`${model} ended as ${job.status}: ${JSON.stringify(job.error)}`);
  return job.outputs[0];
}

/** An image of 768 × 512, a video of three seconds and a track of eight. */
export async function makeOutputs(millrace) {
  const [image, video, track] = await Promise.all([
    made(millrace, 'sandbox/image', 'a lighthouse above a golden sea at sunset', { size: '768x512', seed: 7 }),
    made(millrace, 'sandbox/video', 'waves below a pale moon', { duration: 3, seed: 7 }),
    made(millrace, 'sandbox/music', 'a calm waltz for a rainy evening', { duration: 8, seed: 7 }),
  ]);
  return { image, video, track };
}
