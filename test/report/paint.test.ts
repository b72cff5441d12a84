import { describe, expect, test } from 'vitest';
import { stackedBars } from '../../src/report/chart/bars.ts';
import { paintOf, toneOf } from '../../src/report/chart/paint.ts';
import { styleSheet } from '../../src/report/style/sheet.ts';

test.each([
  ['enabled', 'var(--good)'],
  ['disabled', 'var(--warning)'],
  ['external', 'var(--danger)'],
  ['unknown', 'url(#unknown)'],
  // Membership of the organization is not known.
  ['other_account', 'url(#unknown)'],
  ['a word that AWS invents tomorrow', 'url(#unknown)'],
  ['constructor', 'url(#unknown)'],
])('%s is painted %s', (word, paint) => {
  expect(paintOf(word)).toBe(paint);
});

/** Words that are seen together in one chart. */
const together = [
  ['enabled', 'required', 'paused', 'suspended', 'disabled', 'not_supported', 'not_visible', 'unknown'],
  ['same_account', 'organization', 'service', 'external', 'anyone', 'unknown'],
  ['locked', 'partly_locked', 'unknown'],
  ['in_use', 'none_found', 'unknown'],
  [
    'customer_managed_aws_material',
    'customer_managed_external_material',
    'customer_managed_cloudhsm',
    'customer_managed_xks',
    'aws_managed',
    'aws_owned',
    'unknown',
  ],
];

test.each(together)('each of %s, … has a colour of its own', (...words) => {
  expect(new Set(words.map(toneOf)).size).toBe(words.length);
});

describe('a bar', () => {
  const segment = (word: string, value: number) => ({ word, title: word, value });
  const fills = (segments: readonly { word: string; title: string; value: number }[]) =>
    [
      ...String(
        stackedBars([{ id: 'a', label: 'a', segments, end: '' }], { label: 'a', print: String }, [520]),
      ).matchAll(/<rect fill="([^"]+)"[^>]*><title>a: (\w+)/g),
    ].map(([, fill, word]) => `${word} ${fill}`);

  test('keeps the colour of a word whatever stands beside it, and in whatever order', () => {
    const all = fills([segment('enabled', 5), segment('unknown', 2), segment('disabled', 3)]);
    expect(all).toEqual(['enabled var(--good)', 'unknown url(#unknown)', 'disabled var(--warning)']);
    expect(fills([segment('disabled', 3), segment('enabled', 0), segment('unknown', 2)])).toEqual([
      'disabled var(--warning)',
      'unknown url(#unknown)',
    ]);
  });

  test('shows one unknown key among a million', () => {
    const [, width] =
      /<rect fill="url\(#unknown\)"[^>]* width="([\d.]+)"/.exec(
        String(
          stackedBars(
            [
              {
                id: 'a',
                label: 'a',
                segments: [segment('enabled', 1_000_000), segment('unknown', 1)],
                end: '',
              },
            ],
            { label: 'a', print: String },
          ),
        ),
      ) ?? [];
    expect(Number(width)).toBeGreaterThanOrEqual(2);
  });
});

describe.each(['light', 'dark'])('in the %s scheme', (scheme) => {
  const [lightBlock, darkBlock] = String(styleSheet).match(/:root \{[^}]*--page[^}]*\}/g) ?? [];
  const colours = new Map(
    [
      ...((scheme === 'light' ? lightBlock : (darkBlock ?? ''))?.matchAll(/--([\w-]+): (#\w{6});/g) ?? []),
    ].map(([, name = '', colour = '']) => [name, colour]),
  );
  const tones = 'good aws muted plain neutral dim warning danger extreme unknown unknown-hatch'.split(' ');

  // Text needs 4.5, marks of a chart 3 (WCAG 2.2, 1.4.3 and 1.4.11).
  test.each([
    ...['ink', 'quiet', 'link', 'unknown', 'danger', 'warning', 'good'].map(
      (name) => [name, 'paper', 4.5] as const,
    ),
    ...['ink', 'quiet', 'link', 'unknown'].map((name) => [name, 'unknown-wash', 4.5] as const),
    ...['ink', 'quiet'].flatMap((name) => [[name, 'page', 4.5] as const, [name, 'cell', 4.5] as const]),
    ...tones.map((tone) => ['on-tone', tone, 4.5] as const),
    ...tones.map((tone) => [tone, 'paper', 3] as const),
    ...tones.map((tone) => [tone, 'cell', 3] as const),
  ])('%s on %s', (front, back, least) => {
    expect(contrast(colours.get(front) ?? '', colours.get(back) ?? '')).toBeGreaterThanOrEqual(least);
  });
});

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
