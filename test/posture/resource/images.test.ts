import { describe, expect, test } from 'vitest';
import { known, unread } from '../../../src/aws/fact.ts';
import type { OrganizationKnowledge } from '../../../src/posture/access/knowledge.ts';
import type { SharedByList } from '../../../src/posture/resource/resource-facts.ts';
import { type ResolvedKey, withoutKey } from '../../../src/posture/resource-key.ts';
import { imageRules } from '../../../src/services/ec2/rules.ts';
import fc from '../../random.ts';
import {
  compute,
  customerKey,
  data,
  denied,
  goneKey,
  keyWith,
  organization,
  ours,
  region,
  role,
  root,
  theirs,
  third,
  unreachableKey,
  vendor,
} from '../cross-account/cast.ts';
import { iamBy } from '../cross-account/iam-case.ts';
import { allow, identity } from '../iam/iam.ts';
import { type Besides, type Judgement, judge } from './judge.ts';

const arn = `arn:aws:ec2:${region}:${data}:image/ami-1`;
const shared = (...entries: string[]): SharedByList => ({
  by: 'accounts',
  accountIds: entries.filter((entry) => !entry.startsWith('arn:')),
  organizationArns: entries.filter((entry) => entry.startsWith('arn:')),
  everybody: false,
});
const everybody: SharedByList = { ...shared(), everybody: true };
const whole = (id: string) => `arn:aws:organizations::${third}:organization/${id}`;
const unit = (id: string, ou: string) => `arn:aws:organizations::${third}:ou/${id}/${ou}`;
const judgeImage = (list: SharedByList, key: ResolvedKey, besides: Besides = {}) =>
  judge(imageRules, arn, list, key, { resourceType: 'image', ...besides });

/** A key that lets a principal do everything. */
const admits = (principal: string) => ({
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: 'kms:*',
  Resource: '*',
});
const admitting = (principal: string) => keyWith(admits(principal));
const admittingMembersOf = (id: string) =>
  keyWith({ ...admits('*'), Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } });

const placed: OrganizationKnowledge = {
  ...organization,
  memberPaths: {
    [data]: `${ours}/r-1/ou-1-data/`,
    [compute]: `${ours}/r-1/ou-1-work/ou-1-deep/`,
    [third]: `${ours}/r-1/ou-1-work/`,
  },
};
const { [third]: _, ...without } = placed.memberPaths ?? {};
const partly: OrganizationKnowledge = { ...placed, memberPaths: without };
const unlisted: OrganizationKnowledge = { organizationId: null, memberAccountIds: null, knownAccounts: {} };

type Case = [what: string, list: SharedByList, OrganizationKnowledge, ResolvedKey, Partial<Judgement>];
const open = withoutKey(null);

describe('an image that is shared', () => {
  test.each<Case>([
    ['with nobody', shared(), placed, open, { use: 'not_shared', shared: [], organizations: [] }],
    ['with an account', shared(compute), placed, open, { use: 'no_kms_barrier', shared: [compute] }],
    ['with everybody', everybody, placed, open, { use: 'no_kms_barrier', anyone: true }],
    [
      'with an account by a form that nobody knows',
      shared('amazon'),
      placed,
      open,
      { use: 'unknown', anyone: null },
    ],
    [
      'with the own organization',
      shared(whole(ours)),
      placed,
      open,
      { use: 'no_kms_barrier', organizations: [ours], anyone: false },
    ],
    [
      'with the own organization, whose members the key admits',
      shared(whole(ours)),
      placed,
      admittingMembersOf(ours),
      { use: 'possible', blockedOrganizations: [] },
    ],
    [
      'with the own organization, of which the key admits one account',
      shared(whole(ours)),
      placed,
      admitting(root(compute)),
      { use: 'partly_blocked', readableAccounts: [compute], blockedOrganizations: [ours] },
    ],
    [
      'with the own organization, whose members the key does not admit',
      shared(whole(ours)),
      placed,
      customerKey(),
      { use: 'blocked_by_key_policy', blockedOrganizations: [ours] },
    ],
    [
      'with another organization',
      shared(whole(theirs)),
      placed,
      open,
      { use: 'no_kms_barrier', organizations: [theirs] },
    ],
    [
      'with another organization, when the own is not known',
      shared(whole(theirs)),
      unlisted,
      open,
      { use: 'no_kms_barrier', organizations: [theirs] },
    ],
    [
      'with another organization, whose members the key does not admit',
      shared(whole(theirs)),
      placed,
      admittingMembersOf(ours),
      { use: 'blocked_by_key_policy', blockedOrganizations: [theirs] },
    ],
    [
      'with a unit of another organization: whether it has accounts, nobody here can know',
      shared(unit(theirs, 'ou-2-x')),
      placed,
      open,
      { use: 'unknown', organizations: [theirs] },
    ],
    [
      'with a unit, by its accounts',
      shared(unit(ours, 'ou-1-work')),
      placed,
      open,
      { use: 'no_kms_barrier', shared: [compute, third], organizations: [], anyone: false },
    ],
    [
      'with a unit, of whose accounts the key admits one',
      shared(unit(ours, 'ou-1-work')),
      placed,
      admitting(root(compute)),
      { use: 'partly_blocked', readableAccounts: [compute], blockedAccounts: [third] },
    ],
    [
      'with the unit of its own account alone',
      shared(unit(ours, 'ou-1-data')),
      placed,
      open,
      { use: 'not_shared' },
    ],
    [
      'with a unit that no account is known of',
      shared(unit(ours, 'ou-1-gone')),
      placed,
      open,
      { use: 'unknown', anyone: null },
    ],
    [
      'with a unit, where the place of an account is not known',
      shared(unit(ours, 'ou-1-deep')),
      partly,
      open,
      { use: 'unknown', readableAccounts: [compute], shared: [compute], organizations: [ours] },
    ],
    [
      'with a unit, where no places are known',
      shared(unit(ours, 'ou-1-work')),
      organization,
      open,
      { use: 'unknown', organizations: [ours] },
    ],
    ['with what nobody knows', shared('arn:aws:organizations::1:root/r-1'), placed, open, { use: 'unknown' }],
  ])('%s', (_what, list, knowledge, key, expected) => {
    expect(judgeImage(list, key, { knowledge })).toMatchObject(expected);
  });

  const publicAccess = (state: string) => known({ state, managedBy: 'account' });
  test.each([
    ['is public under block-new-sharing, too', publicAccess('block-new-sharing'), true],
    ['is public where the block was not read', unread(denied('ec2:GetImageBlockPublicAccessState')), true],
    ['may be public under a word of later', publicAccess('block-all-sharing'), null],
  ])('with everybody %s', (_what, block, anyone) => {
    expect(judgeImage(everybody, open, { publicAccess: block }).anyone).toBe(anyone);
  });

  test('with another organization, or a unit of it, is never "not shared"', () => {
    const id = fc.stringMatching(/^o-[a-z0-9]{10,32}$/).filter((one) => one !== ours);
    const ou = fc.option(fc.stringMatching(/^ou-[0-9a-z]{4,8}-[a-z0-9]{8,16}$/));
    const knowledge = fc.constantFrom<OrganizationKnowledge>(organization, placed, partly, unlisted);
    const keys = fc.constantFrom(open, customerKey(), admitting(root(vendor)), goneKey, unreachableKey);
    const more = fc.subarray([compute, data, whole(ours), unit(ours, 'ou-1-data')]);
    fc.assert(
      fc.property(id, ou, knowledge, keys, more, (other, within, of, key, beside) => {
        const entry = within === null ? whole(other) : unit(other, within);
        const { use, organizations } = judgeImage(shared(entry, ...beside), key, { knowledge: of });
        expect(use).not.toBe('not_shared');
        expect(organizations).toContain(other);
      }),
    );
  });
});

describe('an image whose snapshots are under several keys takes all of them', () => {
  const yes = admitting(root(compute));
  const no = customerKey();
  test.each<[string, ResolvedKey, Besides, Partial<Judgement>]>([
    ['both admit the account', yes, { further: [[yes]] }, { use: 'possible', blockedAccounts: [] }],
    ['the first does not', no, { further: [[yes]] }, { use: 'blocked_by_key_policy' }],
    [
      'the second does not',
      yes,
      { further: [[no]] },
      { use: 'blocked_by_key_policy', blockedAccounts: [compute] },
    ],
    ['the third does not', yes, { further: [[yes], [no]] }, { use: 'blocked_by_key_policy' }],
    ['the second is gone', yes, { further: [[goneKey]] }, { use: 'blocked_by_key_state' }],
    ['the second cannot be read', yes, { further: [[unreachableKey]] }, { use: 'unknown' }],
    [
      'the first does not, the second cannot be read',
      no,
      { further: [[unreachableKey]] },
      { use: 'blocked_by_key_policy' },
    ],
    [
      'each admits another role: nobody has both',
      admitting(role(compute, 'a')),
      { further: [[admitting(role(compute, 'b'))]] },
      { use: 'blocked_by_key_policy' },
    ],
    [
      'one admits a role, the other its account',
      admitting(role(compute, 'a')),
      { further: [[yes]] },
      { use: 'possible' },
    ],
    ['the second does not, but a key in its place does', yes, { further: [[no, yes]] }, { use: 'possible' }],
    [
      'neither do, but keys in their places',
      no,
      { associated: [yes], further: [[no, yes]] },
      { use: 'possible' },
    ],
    [
      'the first does not, but one in its place; the second not',
      no,
      { associated: [yes], further: [[no]] },
      { use: 'blocked_by_key_policy' },
    ],
  ])('%s', (_what, key, besides, expected) => {
    expect(judgeImage(shared(compute), key, besides)).toMatchObject(expected);
  });

  const ofThird = customerKey({ account: third, statements: [admits(root(compute))] });
  test.each([
    ['may use both', [allow(['ec2:RunInstances', 'kms:*'])], 'possible'],
    [
      'may use the first alone',
      [allow('ec2:RunInstances'), allow('kms:*', { Resource: `arn:aws:kms:*:${data}:key/*` })],
      'blocked_by_iam',
    ],
    [
      'may use the second alone',
      [allow('ec2:RunInstances'), allow('kms:*', { Resource: `arn:aws:kms:*:${third}:key/*` })],
      'blocked_by_iam',
    ],
  ])('a role there %s', (_what, says, expected) => {
    const iam = iamBy([identity(compute, { says })]);
    expect(judgeImage(shared(compute), yes, { further: [[ofThird]], iam }).use).toBe(expected);
  });

  test('more ways than anybody follows are not known to lock out', () => {
    const many = Array.from({ length: 7 }, () => [no, no]);
    expect(judgeImage(shared(compute), no, { further: many }).use).toBe('unknown');
  });

  test('and says so', () => {
    expect(judgeImage(shared(compute), yes, { further: [[no]] }).explanation).toMatch(
      /encrypted with the KMS key .+, and in part with the KMS key .+: account \d+ cannot launch/,
    );
  });
});
