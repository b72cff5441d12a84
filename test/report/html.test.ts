import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { html, trusted } from '../../src/report/html.ts';
import { table } from '../../src/report/table.ts';
import { visible } from '../../src/visible.ts';
import fc from '../random.ts';

test('what is put into a template is text', () => {
  expect(String(html`<p title="${'"><img src=x onerror=alert(1)>'}">${"<script>'&`</script>"}</p>`)).toBe(
    '<p title="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">&lt;script&gt;&#39;&amp;&#96;&lt;/script&gt;</p>',
  );
});

test('templates, lists of them and our own markup stay markup', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  expect(String(html`<ul>${items}${trusted('<hr>')}${3}</ul>`)).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li><hr>3</ul>',
  );
});

test('characters that lead the eye astray are spelled out', () => {
  expect(String(html`${'a\u202Eb\u0000c\nd'}`)).toBe('a\\u{202e}b\\u{0}c\\u{a}d');
});

test('any text comes out as one text node, whatever it looks like', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
      const { document } = parseHTML(`<html><body>${html`<p title="${a}">${b}</p>`}</body></html>`);
      const [p, ...others] = document.querySelectorAll('body *');
      return others.length === 0 && p?.nodeName === 'P' && p.textContent === visible(b);
    }),
  );
});

const cellsOf = (...texts: readonly (string | number | null)[]): string[] => {
  const columns = texts.map((text, i) => ({ head: String(i), cell: () => text }));
  const { document } = parseHTML(`<!doctype html><body>${table('t', columns, [{}])}`);
  return [...document.querySelectorAll('tbody th, tbody td')].map((cell) => cell.textContent ?? '');
};

test.each([
  ['=cmd|"/C calc"!A0', `'=cmd|"/C calc"!A0`],
  ['+1', "'+1"],
  ['-1+1', "'-1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\\u{9}=1"],
  ['\n=1', "'\\u{a}=1"],
  ['alias/=', 'alias/='],
  ['a+b', 'a+b'],
])('a spreadsheet takes the copied cell %j for text', (text, cell) => {
  expect(cellsOf(text)).toEqual([cell]);
});

test('a number is a number, and what is not known says so', () => {
  expect(cellsOf(-1234, null)).toEqual(['-1,234', 'unknown']);
});
