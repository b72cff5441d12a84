import { expect, test } from 'vitest';
import type { NotSeen, ReportCoverage } from '../../src/report/coverage.ts';
import { html } from '../../src/report/html.ts';
import { page } from '../../src/report/page.ts';
import type { NumberId, PostureNumber } from '../../src/report/posture-number.ts';
import { sightOf } from '../../src/report/sight.ts';
import { unknown } from '../../src/report/words.ts';
import fc from '../random.ts';

const ids: readonly NumberId[] = [
  'keys',
  'outside',
  'locked',
  'rotation_off',
  'pending_deletion',
  'monthly_usd',
];

const notSeen = fc.record<NotSeen>({
  account_id: fc.constantFrom('111122223333', null),
  account_name: fc.constant(null),
  region: fc.constantFrom('global', 'us-east-1'),
  table_name: fc.constantFrom(
    '*',
    'aws_encryption_keys',
    'aws_encryption_key_metrics',
    'aws_encryption_resources',
  ),
  status: fc.constantFrom('partial', 'failed', 'missing', 'not_synced', 'skipped'),
  reason: fc.constant(null),
  message: fc.constant(null),
  of_whole_place: fc.boolean(),
  since: fc.constant(null),
});

/** Mostly of something that is whole, so that each single thing that is not stands alone in some. */
const seldom = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);

const coverages = fc
  .record({ gap: fc.array(notSeen, { maxLength: 2 }), kept: seldom, old: seldom, empty: seldom })
  .map(
    ({ gap, kept, old, empty }): ReportCoverage => ({
      accounts: 2,
      accountsRead: 1,
      places: empty ? 0 : 3,
      oldest: '2026-11-24 11:53',
      newest: '2026-11-24 11:53',
      age: old ? 25 : 1,
      lastSync: null,
      organizations: [],
      notSeen: gap,
      keptKeys: kept ? 1 : 0,
    }),
  );

const numbers = fc.tuple(
  ...ids.map((id) =>
    fc.record({ found: seldom, none: seldom, open: seldom, atLeast: seldom }).map(
      ({ found, none, open, atLeast }): PostureNumber => ({
        id,
        value: none ? null : found ? 1 : 0,
        unknown: none ? null : open ? 1 : 0,
        atLeast,
        members: [],
      }),
    ),
  ),
);

const seen = fc
  .record({ coverage: coverages, numbers, panelOpen: seldom, viewMissing: seldom })
  .map(({ panelOpen, viewMissing, ...rest }) => ({
    ...rest,
    panels: [
      {
        id: 'p',
        title: 'P',
        lead: panelOpen ? html`1 key; ${unknown('2 more unknown')}.` : 'None.',
        body: html``,
      },
    ],
    missingViews: viewMissing ? ['rotation'] : [],
    first: { id: 'first', title: 'Do first', lead: 'x', body: html`` },
  }));

const all =
  /all was seen|everything (?:asked for )?was seen|all that was asked for|none in what was asked for/i;
const notAll = /not all is known|not everything was seen|not all was seen|nothing is known/i;

test('the page never says that all was seen beside that not all is known, or where anything is open', () => {
  fc.assert(
    fc.property(seen, (parts) => {
      const markup = page({ ...parts, previous: { why: 'none' }, madeAt: '2026-11-24 12:00' }).markup;
      // The footer and headings of what is unknown aside.
      const text = markup.replace(/not everything was seen|not all was seen/gi, 'Not-all');
      const { coverage } = parts;
      const isOpen =
        notAll.test(markup) ||
        coverage.notSeen.some(({ status }) => !['skipped', 'not_synced'].includes(status)) ||
        coverage.keptKeys > 0 ||
        coverage.age === 25 ||
        parts.missingViews.length > 0 ||
        parts.numbers.some((item) => item.unknown !== 0 || item.atLeast) ||
        markup.includes('2 more unknown');
      expect(isOpen && all.test(text)).toBe(false);
      expect(isOpen).toBe(['part', 'nothing'].includes(sightOf(parts)));
      // Something is left out on purpose: all is not all either.
      expect(coverage.notSeen.length > 0 && /and all was seen|none; all was seen/.test(text)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('all is said where all is known, and nothing less', () => {
  const coverage: ReportCoverage = {
    ...{ accounts: 1, accountsRead: 1, places: 1, oldest: 'x', newest: 'x', age: 1, lastSync: null },
    ...{ organizations: [], notSeen: [], keptKeys: 0 },
  };
  const first = { id: 'first', title: 'Do first', lead: 'x', body: html`` };
  const whole = ids.map((id): PostureNumber => ({ id, value: 0, unknown: 0, atLeast: false, members: [] }));
  const parts = { coverage, numbers: whole, panels: [], missingViews: [], first };
  const text = page({ ...parts, previous: { why: 'none' }, madeAt: '' }).markup;
  expect(text).toContain('Nothing found, and all was seen.');
  expect(text).toContain('none; all was seen');
});
