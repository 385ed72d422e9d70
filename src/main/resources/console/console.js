// What the console does in the browser beyond htmx: theme, copying, tabs, and where a reader of the reference is.
'use strict';

const YEAR_SECONDS = 31_536_000;
const DONE_MILLIS = 1_600;

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function switchTheme() {
  const next = dark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  // The server writes it into the next page, so that no page is ever first in the wrong colours.
  document.cookie = `theme=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

async function copy(button) {
  const text = button.dataset.copyText ?? button.parentElement.querySelector('pre').innerText;
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    // Without https the clipboard is closed to pages: the code is marked, to be copied by hand.
    getSelection().selectAllChildren(button.parentElement.querySelector('pre, code'));
    button.textContent = 'Marked';
  }
  button.classList.add('done');
  setTimeout(() => {
    button.textContent = said;
    button.classList.remove('done');
  }, DONE_MILLIS);
}

function choose(tab) {
  const list = tab.closest('[role=tablist]');
  for (const one of list.querySelectorAll('[role=tab]')) {
    const chosen = one === tab;
    one.setAttribute('aria-selected', chosen);
    one.tabIndex = chosen ? 0 : -1;
    document.getElementById(one.getAttribute('aria-controls')).hidden = !chosen;
  }
}

function prepare(root) {
  for (const tabs of root.querySelectorAll('[data-tabs]:not(.ready)')) {
    tabs.classList.add('ready');
    choose(tabs.querySelector('[role=tab]'));
  }
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-theme-toggle], [data-copy], [data-copy-text], [role=tab]');
  if (!target) {
    for (const menu of document.querySelectorAll('.menu[open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  } else if (target.matches('[data-theme-toggle]')) {
    switchTheme();
  } else if (target.matches('[role=tab]')) {
    choose(target);
  } else {
    copy(target);
  }
});

document.addEventListener('submit', (event) => {
  const asks = event.submitter?.dataset.confirm;
  if (asks && !confirm(asks)) event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('.menu[open]')) menu.open = false;
  }
  const tab = event.target.closest?.('[role=tab]');
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (tab && step) {
    const all = [...tab.parentElement.children];
    const next = all[(all.indexOf(tab) + step + all.length) % all.length];
    choose(next);
    next.focus();
  }
});

function follow() {
  const links = new Map([...document.querySelectorAll('.side a')].map((link) => [link.hash.slice(1), link]));
  if (links.size === 0) return;
  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) {
          for (const link of links.values()) link.classList.remove('here');
          links.get(entry.target.id)?.classList.add('here');
        }
      }
    },
    { rootMargin: '-15% 0px -75% 0px' },
  );
  for (const operation of document.querySelectorAll('.operation')) seen.observe(operation);
}

prepare(document);
follow();
// On narrow windows the entries of one's own pages are a row that scrolls: the one of this page is in sight.
document.querySelector('.own-side [aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' });
document.addEventListener('htmx:afterSwap', (event) => prepare(event.target));
