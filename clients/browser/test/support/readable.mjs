// What of a page is hard to read or to hit, found in the page itself: text and fields below the contrast of WCAG AA, controls without a name.

/** Runs in the page; resolves with one line for each fault. */
export function faults() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => below.map((value, i) => top[i] * top[3] + value * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.unshift(rgba(getComputedStyle(one).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (color) => {
    const [r, g, b] = color.map((value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const seen = (element) => element.checkVisibility({ opacityProperty: true }) && !element.closest('.sr, .skip, svg, option');
  const found = new Set();

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !seen(element)) continue;
    const style = getComputedStyle(element);
    const below = ground(element);
    const least = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    const is = ratio(over(rgba(style.color), below), below);
    if (is < least) found.add(`text ${element.tagName}.${element.className} ${is.toFixed(2)}`);
  }
  for (const field of document.querySelectorAll('input:not([type=hidden], [type=checkbox]), select, textarea')) {
    if (!seen(field)) continue;
    const edge = rgba(getComputedStyle(field).borderTopColor).slice(0, 3);
    if (ratio(edge, ground(field.parentElement)) < 3) found.add(`edge of ${field.name}`);
    if (!field.labels.length && !field.ariaLabel) found.add(`no label: ${field.name}`);
  }
  for (const control of document.querySelectorAll('a[href], button, summary')) {
    if (seen(control) && !(control.ariaLabel || control.textContent.trim())) found.add(`no name: ${control.outerHTML.slice(0, 60)}`);
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.add(`${wide} pixels too wide`);
  return [...found];
}
