import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReport } from '../../src/report';
import { Shop } from '../lifecycle/harness';
import { configMap, deployment, job } from '../release/manifests';
import { Chromium, Look } from './chromium';
import { ROOT, temporaryFolder } from './packed';

/* The page of --report html=FILE, as Debian's Chromium shows it. */

const file = join(temporaryFolder(), 'report.html');
const DESK: Look = { width: 1280, height: 800, scheme: 'light' };
const PHONE: Look = { width: 390, height: 844, scheme: 'light' };
const HOSTILE = '</pre><script>document.title = "owned"</script><img src="http://127.0.0.1:9/x" onerror="document.title = \'owned\'">';

let browser: Chromium;

beforeAll(async () => {
  browser = new Chromium();
  const shop = await Shop.open({
    jobs: {
      backup: { for: '6s', logs: ['dumping', 'wrote 41 MB'] },
      migrate: { for: '3s', exitCode: 1, logs: ['applying 002-orders.sql', HOSTILE, 'x'.repeat(5000)] },
    },
  });
  const resources = [configMap('settings'), deployment('web')];
  await shop.install(resources);
  const hooks = [
    job('notify', { on: 'post-upgrade', weight: 9 }),
    job('migrate', { on: 'post-upgrade', weight: -5 }),
    job('schema', { on: 'pre-upgrade', weight: -9 }),
    job('backup', { on: 'pre-upgrade', weight: -10 }),
  ];
  const { events } = await shop.upgrade([...resources, ...hooks], { wait: true, rollbackOnFailure: true });
  const report = openReport('html', (text) => writeFileSync(file, text));
  for (const event of events) report.report(event);
  report.close();
});

afterAll(() => browser.close());

/** Boxes of elements, from the top of the page down. */
const BOXES = (selector: string) => `[...document.querySelectorAll('${selector}')].filter((each) => each.checkVisibility())
  .map((each) => ({ text: each.innerText.split(/\\s+/).filter(Boolean).join(' '), ...each.getBoundingClientRect().toJSON() }))
  .sort((one, other) => one.top - other.top || one.left - other.left)`;

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const boxes = (selector: string) => browser.evaluate<Box[]>(BOXES(selector));

test('people read the hooks from the top down in the order in which they ran, with verdicts and times', async () => {
  await browser.open(file, DESK);
  expect((await boxes('article:first-of-type .row')).map(({ text }) => text)).toEqual([
    'pre-upgrade -10 Job/backup succeeded 7.0 s',
    'pre-upgrade -9 Job/schema succeeded 2.0 s',
    'resources 2 unchanged done 0.0 s',
    'waiting all resources ready 0.0 s',
    'post-upgrade -5 Job/migrate failed 4.0 s',
    'post-upgrade 9 Job/notify not run',
  ]);
  expect((await boxes('h1')).map(({ text }) => text)).toEqual(['upgrade web: failed', 'rollback web: succeeded']);
});

test('the timeline in the guide is that of a real page', async () => {
  const guide = readFileSync(join(ROOT, 'docs/runner.md'), 'utf8');
  const [, shown] = /<!-- the page in Chromium -->\n```\n([^]*?)\n```/.exec(guide)!;
  await browser.open(file, DESK);
  const rows = (await boxes('article:first-of-type .row')).map(({ text }) => text);
  expect(shown.split('\n').map((line) => line.replace(/[█|]/g, '').split(/\s+/).join(' '))).toEqual(rows);
});

test('a bar begins where the one before it has ended, and is as long as its hook took', async () => {
  await browser.open(file, DESK);
  const [backup, schema, , , migrate] = await boxes('article:first-of-type .bar i');
  expect(Math.abs(schema.left - backup.right)).toBeLessThan(2);
  expect(Math.abs(migrate.left - schema.right)).toBeLessThan(2);
  expect((backup.right - backup.left) / (migrate.right - migrate.left)).toBeCloseTo(7 / 4, 1);
});

test.each<[string, Look]>([['a desk', DESK], ['a telephone', PHONE]])('on %s the failure is on the first screen, and nothing is wider than it', async (_where, look) => {
  await browser.open(file, look);
  const [failure] = await boxes('.failure');
  const [timeline] = await boxes('.timeline');
  expect(failure.text).toContain('Hook post-upgrade Job/migrate failed: container "main" exited 1');
  expect(failure.text).toContain('It is taken back now: rollback to revision 1.');
  expect(failure.top).toBeLessThan(200);
  expect(failure.bottom).toBeLessThan(timeline.top);
  expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
});

test.each<[string, Look]>([['a desk', DESK], ['a telephone', PHONE]])('on %s names are in one column and times in another', async (_where, look) => {
  await browser.open(file, look);
  const names = await boxes('article:first-of-type .row .name');
  const times = (await boxes('article:first-of-type .row .took')).filter(({ text }) => text !== '');
  expect([names.length, new Set(names.map(({ left }) => left)).size]).toEqual([6, 1]);
  expect([times.length, new Set(times.map(({ right }) => right)).size]).toEqual([5, 1]);
});

test('the log of what failed is open, that of what succeeded opens at a click, without a script', async () => {
  await browser.open(file, DESK);
  const visible = async () => (await boxes('.timeline pre')).map(({ text }) => text.slice(0, 23));
  expect(await visible()).toEqual(['applying 002-orders.sql']);
  await browser.click('.timeline > li:first-child summary');
  expect(await visible()).toEqual(['dumping wrote 41 MB', 'applying 002-orders.sql']);
});

test('what a hook prints is text, and the page asks for nothing but itself', async () => {
  await browser.open(file, DESK);
  expect(await browser.evaluate('document.title')).toBe('upgrade web: failed, rollback web: succeeded');
  expect(await browser.evaluate('document.querySelectorAll("script, img, iframe").length')).toBe(0);
  expect((await boxes('.failure')).map(({ text }) => text).join()).toContain(HOSTILE);
  expect(browser.requests.filter((url) => url !== 'about:blank')).toEqual([`file://${file}`]);
});

/** How far two colours are apart: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
const CONTRASTS = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const backgroundOf = (element) => {
    const own = channels(getComputedStyle(element).backgroundColor);
    return own[3] === 0 ? backgroundOf(element.parentElement) : own;
  };
  const isText = (node) => node.nodeType === 3 && node.data.trim() !== '';
  const texts = [...document.querySelectorAll('main *')].filter((each) => each.checkVisibility() && [...each.childNodes].some(isText));
  return texts.map((each) => {
    const [light, dark] = [channels(getComputedStyle(each).color), backgroundOf(each)].map(luminance).sort((one, other) => other - one);
    return [(light + 0.05) / (dark + 0.05), each.className + ' ' + each.innerText.slice(0, 20)];
  }).sort(([one], [other]) => one - other)[0];
})()`;

test.each<[Look['scheme'], string]>([['light', 'rgb(255, 255, 255)'], ['dark', 'rgb(13, 17, 23)']])('a reader whose system is %s sees such a page, every text of it with contrast', async (scheme, background) => {
  await browser.open(file, { ...DESK, scheme });
  expect(await browser.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(background);
  const [contrast, where] = await browser.evaluate<[number, string]>(CONTRASTS);
  expect([contrast >= 4.5, contrast, where]).toEqual([true, contrast, where]);
});
