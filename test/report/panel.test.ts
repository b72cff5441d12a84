import { expect, test } from 'vitest';
import { html } from '../../src/report/html.ts';
import { filled, type Panel } from '../../src/report/panel.ts';

/** `w` for a panel that is wide, `h` for one that another may stand beside. */
const panelsOf = (kinds: string): Panel[] =>
  [...kinds].map((kind, i) => ({
    id: `${i}`,
    title: kind,
    lead: '',
    body: html``,
    ...(kind === 'w' && { isWide: true }),
  }));

test.each([
  ['', ''],
  ['h', 'w'],
  ['hh', 'hh'],
  ['hhh', 'hhw'],
  ['whw', 'www'],
  ['whhw', 'whhw'],
  ['wwhhhw', 'wwhhww'],
  ['hhhwhh', 'hhwwhh'],
  ['whhhwh', 'whhwww'],
])('of panels %s none is left without one beside it: %s', (given, expected) => {
  const drawn = filled(panelsOf(given)).map(({ isWide }) => (isWide ? 'w' : 'h'));
  expect(drawn.join('')).toBe(expected);
});
