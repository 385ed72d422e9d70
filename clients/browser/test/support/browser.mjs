// A customer's page with the outputs on it, and a headless Chromium that looks at it.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

function escaped(url) {
  return url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function html({ image, video, track }) {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Outputs</title>
  <style>body { font: 16px sans-serif; margin: 24px } img, video { height: 320px } audio { display: block; width: 640px }</style>
  <h1>Outputs of one wallet</h1>
  <img id="image" src="${escaped(image.url)}" alt="the image">
  <video id="video" src="${escaped(video.url)}" muted controls preload="auto"></video>
  <audio id="track" src="${escaped(track.url)}" controls preload="auto"></audio>
</html>`;
}

/** Serves the page from an origin of its own, as a customer's site does; resolves with its URL and close(). */
export async function servePage(outputs) {
  const server = createServer((request, answer) => {
    const found = request.url === '/';
    answer.writeHead(found ? 200 : 204, { 'Content-Type': 'text/html; charset=utf-8' });
    answer.end(found ? html(outputs) : undefined);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

/** Starts the machine's Chromium with a profile of its own, which ends with it. */
export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: FLAGS });
}
