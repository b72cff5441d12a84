import { describe, expect, it } from 'vitest';
import { keyLossView } from '../../scripts/docs/key-loss-view.ts';
import { sorts } from '../../src/services/catalogue.ts';
import {
  type KeyLossByCause,
  keyLossByCause,
  keyLossCauses,
  lostAlike,
  type WhenKeyIsLost,
} from '../../src/services/key-loss.ts';
import { otherUses } from '../../src/services/other-uses.ts';

const unknown: KeyLossByCause = { breaks: 'not_known', recoverableDays: null, why: null };
const forGood = 'What is encrypted under a deleted key cannot be decrypted any more.';

describe('what becomes of a sort without its key', () => {
  it.each<[WhenKeyIsLost, KeyLossByCause, KeyLossByCause, KeyLossByCause]>([
    // One word is of the key itself, and says nothing of grants.
    [
      'at_once',
      { breaks: 'at_once', recoverableDays: null, why: null },
      { breaks: 'at_once', recoverableDays: 0, why: forGood },
      unknown,
    ],
    ['not_known', unknown, { breaks: 'not_known', recoverableDays: 0, why: forGood }, unknown],
    [{}, unknown, { breaks: 'not_known', recoverableDays: 0, why: forGood }, unknown],
    // Nothing but what the disabled key is about comes back.
    [
      lostAlike('within_hours', 7, 'It stops.'),
      { breaks: 'within_hours', recoverableDays: 7, why: 'It stops.' },
      { breaks: 'within_hours', recoverableDays: 0, why: forGood },
      { breaks: 'within_hours', recoverableDays: 7, why: 'It stops.' },
    ],
    [
      { key_deleted: { breaks: 'new_data_only', recoverableDays: null, why: 'Choose another.' } },
      unknown,
      { breaks: 'new_data_only', recoverableDays: null, why: 'Choose another.' },
      unknown,
    ],
  ])('%j', (lost, key_disabled, key_deleted, grant_revoked) => {
    expect(keyLossByCause(lost)).toEqual({ key_disabled, key_deleted, grant_revoked });
  });
});

describe('the view key_loss', () => {
  const uses = [
    ...sorts.flatMap(({ service, resourceTypes }) =>
      Object.keys(resourceTypes).map((type) => `('${service}', '${type}', `),
    ),
    ...otherUses.map(({ service, type }) => `('${service}', '${type}', `),
  ];
  const { text } = keyLossView();

  it('knows each sort of use by one name', () => {
    expect(uses.filter((use, i) => uses.indexOf(use) !== i)).toEqual([]);
  });

  it('has one row for each sort of use and cause', () => {
    const rows = text.split('\n').filter((line) => line.startsWith("    ('"));
    expect(rows).toHaveLength(uses.length * keyLossCauses.length);
    for (const use of uses)
      for (const cause of keyLossCauses)
        expect(rows.filter((row) => row.startsWith(`    ${use}'${cause}', `))).toHaveLength(1);
  });
});

it('says of a database that it can be rescued for days, and only while the key can come back', () => {
  const database = sorts.find(({ resourceTypes }) => 'instance' in resourceTypes);
  expect(keyLossByCause(database?.whenKeyIsLost ?? 'not_known')).toMatchObject({
    key_disabled: { breaks: 'within_hours', recoverableDays: 7 },
    key_deleted: { breaks: 'within_hours', recoverableDays: 0 },
    grant_revoked: { breaks: 'within_hours', recoverableDays: 7 },
  });
});
