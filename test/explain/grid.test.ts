import { expect, test } from 'vitest';
import { arnOf } from '../../lab/aws/iam/iam-account.ts';
import { answerFor } from '../../src/explain/answer.ts';
import { type KeyTold, told } from '../../src/explain/facts.ts';
import type { LinkName } from '../../src/explain/link.ts';
import { namesIn } from '../../src/explain/names.ts';
import { askerOf, type PolicyTold } from '../../src/explain/principals.ts';
import { keySubject } from '../../src/explain/subject.ts';
import { expectedOf, type IamCase, iamCases, worldOf } from '../oracle/iam-grid.ts';
import type { IamWorld } from '../oracle/iam-world.ts';
import { keyFacts, knowledge, policiesOf } from '../oracle/product.ts';

const names = namesIn({ accounts: told([]), policies: told([]) });

const policy = (name: string, document: object): PolicyTold => ({
  arn: null,
  name,
  group: null,
  text: told(JSON.stringify(document)),
});

function asker({ accounts: [account] }: IamWorld) {
  const [principal] = account?.principals ?? [];
  if (account === undefined || principal === undefined) throw new Error('the case has a role');
  const { kind, name, id, tags, inline, boundary } = principal;
  const document = boundary === null ? undefined : account.managed[boundary];
  return askerOf({
    type: kind,
    arn: arnOf(account, principal),
    accountId: account.id,
    name,
    id,
    tags,
    isServiceLinked: false,
    policies: told(inline.map((text, index) => policy(`inline-${index}`, text))),
    boundary: told(document === undefined ? null : policy('bounds', document)),
  });
}

function keyTold({ keys: [given] }: IamWorld): KeyTold {
  if (given === undefined) throw new Error('the case has a key');
  const facts = keyFacts(given.key);
  const { accountId, region, partition } = facts.scope;
  return {
    arn: facts.arn,
    accountId,
    region,
    partition,
    state: told({
      keyManager: 'CUSTOMER',
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      keyState: 'Enabled',
    }),
    policy: told(JSON.stringify(given.key.policy)),
    ramPolicy: told(given.key.ram && JSON.stringify(given.key.ram)),
    grants: told(facts.grants.state === 'known' ? facts.grants.value : []),
    tags: given.tags,
  };
}

function answer(one: IamCase) {
  const world = worldOf(one);
  const organization =
    world.controls === null ? knowledge : { ...knowledge, policies: policiesOf(world.controls) };
  return answerFor(asker(world), keySubject(keyTold(world), organization), names);
}

const words = { always: 'yes', never: 'no', open: 'unknown' } as const;

/** The links that a case can be held against. */
const wanting = (one: IamCase): readonly LinkName[] => [
  ...(one.iam === 'allows' ? [] : ['iam' as const]),
  ...(one.boundary === 'silent' ? ['boundary' as const] : []),
  ...(one.scp === 'allow' ? [] : ['scp' as const]),
  ...(one.key === 'nobody' ? ['key_policy' as const] : []),
  ...(one.rcp === 'deny' ? ['rcp' as const] : []),
];

test.each(['own', 'other'] as const)(
  'every combination has its word, and links that say so: %s account',
  (account) => {
    const wrong = iamCases
      .filter((one) => one.account === account)
      .flatMap((one) => {
        const { word, links } = answer(one);
        const of = (verdict: string): readonly LinkName[] =>
          links.filter((link) => link.verdict === verdict).map(({ link }) => link);
        const isRight =
          word === words[expectedOf(one)] &&
          of('denied').every((link) => wanting(one).includes(link)) &&
          of('denied').length > 0 === (word === 'no') &&
          (word !== 'unknown' || of('not_known').length > 0) &&
          (word !== 'yes' || of('allowed').length === links.length) &&
          !links.some(({ link }) => link === 'together');
        return isRight
          ? []
          : [
              {
                one,
                expected: expectedOf(one),
                word,
                links: links.map(({ link, verdict }) => `${link} ${verdict}`),
              },
            ];
      });
    expect(wrong).toEqual([]);
  },
);

test.each([
  ['iam', { iam: 'silent' }],
  ['iam', { iam: 'denies' }],
  ['boundary', { boundary: 'silent' }],
  ['scp', { scp: 'silent' }],
  ['scp', { scp: 'deny' }],
  ['key_policy', { key: 'nobody' }],
  ['rcp', { rcp: 'deny' }],
] as const)('%s decides where only %j is wanting', (link, change) => {
  const whole: IamCase = {
    account: 'other',
    key: 'root',
    iam: 'allows',
    boundary: 'allows',
    scp: 'allow',
    rcp: 'allow',
  };
  expect(answer(whole)).toMatchObject({ word: 'yes', decisive: null });
  expect(answer({ ...whole, ...change })).toMatchObject({ word: 'no', decisive: { link } });
});
