import { expect, test } from 'vitest';
import { judgingOnce, type PartyUse } from '../../../src/posture/fix/locked.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { customerKey, goneKey } from '../cross-account/cast.ts';

test('keys that were judged are not judged again', () => {
  const asked: (readonly ResolvedKey[])[] = [];
  const [now, then]: PartyUse[][] = [[], []];
  const [keys, changed] = [[customerKey()], [goneKey]];
  const judge = judgingOnce(keys, now as PartyUse[], (some) => {
    asked.push(some);
    return then as PartyUse[];
  });
  expect([judge(keys), judge(changed), judge(changed)].map((uses) => uses === now)).toEqual([
    true,
    false,
    false,
  ]);
  expect(asked).toEqual([changed]);
});
