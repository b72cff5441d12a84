import { describe, expect, test } from 'vitest';
import { compareIam, type Judgement, judge, type PairAnswer, type Said } from './compare-iam.ts';
import type { Fate } from './fate.ts';
import { type IamCase, worldOf } from './iam-grid.ts';
import { pairName } from './iam-world.ts';
import { keyArn, owner } from './world.ts';

describe('one answer about one action', () => {
  const nothing: Judgement = { isWrong: false, isLeaning: false, isTold: false, isUnknown: false };
  const right = { ...nothing, isTold: true };
  const wrong = { ...right, isWrong: true };
  const unknown = { ...right, isUnknown: true };
  const leaning = { ...nothing, isLeaning: true };
  test.each<[said: Said, fates: readonly Fate[], judged: Judgement]>([
    ['sure', ['always'], right],
    ['sure', ['directly'], right],
    ['sure', ['sometimes'], wrong],
    ['sure', ['never'], wrong],
    ['maybe', ['always'], unknown],
    ['maybe', ['directly'], right],
    ['maybe', ['sometimes'], right],
    ['maybe', ['never'], unknown],
    ['no', ['always'], wrong],
    ['no', ['sometimes'], wrong],
    ['no', ['never'], nothing],
    ['sure', ['always', 'never'], leaning],
    ['no', ['always', 'never'], leaning],
    ['maybe', ['always', 'never'], nothing],
    ['sure', ['sometimes', 'never'], { ...nothing, isWrong: true }],
    ['no', ['sometimes', 'always'], { ...nothing, isWrong: true }],
  ])('%s, where it is %j', (said, fates, judged) => {
    expect(judge(said, new Set(fates))).toEqual(judged);
  });

  test('of a principal whose organization nobody reads, "maybe" is no shortcoming', () => {
    expect(judge('maybe', new Set(['always']), false)).toEqual(nothing);
    expect(judge('no', new Set(['always']), false).isWrong).toBe(true);
  });
});

describe('a world', () => {
  const plain: IamCase = {
    account: 'own',
    key: 'root',
    iam: 'allows',
    boundary: 'none',
    scp: 'allow',
    rcp: 'allow',
  };
  const reader = pairName(`arn:aws:iam::${owner}:role/reader`, keyArn);
  const rootUser = pairName(`arn:aws:iam::${owner}:root`, keyArn);
  const everything: PairAnswer = {
    sure: [
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'kms:CreateGrant',
      'kms:DescribeKey',
      'kms:PutKeyPolicy',
      'kms:ScheduleKeyDeletion',
    ],
    maybe: [],
  };
  const ofReader: PairAnswer = { sure: ['kms:Decrypt'], maybe: [] };
  const compared = (one: IamCase, ...answers: readonly [string, PairAnswer][]) => {
    const all = compareIam(worldOf(one), { who: () => new Map(answers) });
    const sum = (of: 'leaning' | 'told' | 'unknown') => all.reduce((total, each) => total + each[of], 0);
    const [leaning, told, unknown] = [sum('leaning'), sum('told'), sum('unknown')];
    return { wrong: all.flatMap(({ wrong }) => wrong), leaning, told, unknown };
  };

  test('all right', () => {
    const found = compared(plain, [reader, ofReader], [rootUser, everything]);
    expect(found).toEqual({ wrong: [], leaning: 0, told: 7, unknown: 0 });
  });

  test('a pair that is missing is said to be able to do nothing', () => {
    expect(compared(plain, [rootUser, everything]).wrong).toEqual([
      `${reader}: kms:Decrypt: no, and is always`,
    ]);
  });

  test('more than there is', () => {
    const denied: IamCase = { ...plain, rcp: 'deny' };
    const { wrong } = compared(denied, [reader, ofReader], [rootUser, everything]);
    expect(wrong).toEqual([
      `${reader}: kms:Decrypt: sure, and is never`,
      `${rootUser}: kms:Decrypt: sure, and is never`,
    ]);
  });

  test('not known, where AWS tells it', () => {
    const unsure: PairAnswer = { sure: [], maybe: ['kms:Decrypt', 'kms:DescribeKey'] };
    const found = compared(plain, [reader, unsure], [rootUser, everything]);
    expect(found).toEqual({ wrong: [], leaning: 0, told: 8, unknown: 2 });
  });

  test('either answer, where AWS leaves it open', () => {
    const open: IamCase = { ...plain, key: 'grant', boundary: 'silent' };
    expect(compared(open, [reader, ofReader])).toMatchObject({ wrong: [], leaning: 1 });
    expect(compared(open)).toMatchObject({ wrong: [], leaning: 1 });
    expect(compared(open, [reader, { sure: [], maybe: ['kms:Decrypt'] }])).toMatchObject({
      wrong: [],
      leaning: 0,
      unknown: 0,
    });
  });

  test('a principal that is not there', () => {
    const nobody = pairName(`arn:aws:iam::${owner}:role/nobody`, keyArn);
    expect(compared(plain, [reader, ofReader], [rootUser, everything], [nobody, ofReader]).wrong).toEqual([
      `${nobody}: there is no such pair`,
    ]);
  });
});
