import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import {
  addIamGroup,
  addIamRole,
  addIamUser,
  addManagedPolicy,
  identityPolicy,
  trustPolicy,
} from '../../lab/aws/account-iam.ts';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import { collect } from '../../src/aws/paging.ts';
import { iamCalls } from '../../src/services/iam/calls.ts';
import type { AuthorizationPage } from '../../src/services/iam/facts.ts';
import { oneAnswer } from './one-answer.ts';
import { judgeOf } from './query-by-sdk.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '222222222222';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const old = identityPolicy('s3:*');
const text = identityPolicy('kms:Decrypt', 's3:Get%+ü');

function world(roles = 0) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId, roles: new Map() });
  account.user.allow = ['iam:GetAccountAuthorizationDetails'];
  for (let index = 0; index < roles; index++)
    addIamRole(account, { name: `role-${String(index).padStart(5, '0')}` });
  return { organization, account };
}

async function read(simulated: Simulated): Promise<readonly AuthorizationPage[]> {
  const session = await simulated.aws.session(simulated.as(accountId));
  const access = simulated.aws.open(session, accountId, 'us-east-1');
  const pages: AuthorizationPage[] = [];
  for await (const page of iamCalls(access).authorizationDetails()) pages.push(page);
  return pages;
}

const asked = ({ simulator }: Simulated) =>
  simulator.requests.byOperation()['iam:GetAccountAuthorizationDetails'];

describe('the IAM of an account', () => {
  it('is read with policies, memberships, boundaries and what trusts whom', async () => {
    const { organization, account } = world();
    const policy = addManagedPolicy(
      account,
      { name: 'deploy', path: '/ci/', defaultVersion: 'v2' },
      old,
      text,
      old,
    );
    addIamGroup(account, { name: 'admins', inline: { all: text }, attached: [readOnly] });
    const tags = { team: 'data', empty: '' };
    addIamUser(account, {
      name: 'ann',
      path: '/staff/',
      groups: ['admins'],
      tags,
      inline: { own: text, more: old },
    });
    const trust = trustPolicy({ AWS: 'AROAAAAAAAAAAAAAAAAAA' });
    const lastUsed = { at: Date.parse('2026-11-01T10:00:00Z') / 1000, region: 'eu-west-1' };
    addIamRole(account, {
      name: 'used',
      attached: [policy],
      boundary: readOnly,
      trustPolicy: trust,
      lastUsed,
    });
    addIamRole(account, { name: 'unused' });
    await using simulated = await simulate(organization);
    const [page, ...others] = await read(simulated);
    expect(others).toEqual([]);
    const createdAt = new Date('2024-03-01');
    const arn = `arn:aws:iam::${accountId}:`;
    expect(page?.users).toMatchObject([
      { name: 'lab', inline: [{ name: 'allowed' }] },
      {
        arn: `${arn}user/staff/ann`,
        name: 'ann',
        path: '/staff/',
        id: expect.stringMatching(/^AIDA/),
        createdAt,
        tags,
        groups: ['admins'],
        inline: [
          { name: 'own', text },
          { name: 'more', text: old },
        ],
        attached: [],
        boundaryArn: null,
      },
    ]);
    expect(page?.groups).toEqual([
      {
        arn: `${arn}group/admins`,
        name: 'admins',
        inline: [{ name: 'all', text }],
        attached: [{ arn: readOnly, name: 'ReadOnlyAccess' }],
      },
    ]);
    expect(page?.roles).toMatchObject([
      { name: 'unused', lastUsedAt: null, attached: [], boundaryArn: null, tags: {}, path: '/' },
      {
        name: 'used',
        id: expect.stringMatching(/^AROA/),
        createdAt,
        trustPolicy: trust,
        attached: [{ arn: policy, name: 'deploy' }],
        boundaryArn: readOnly,
        lastUsedAt: new Date('2026-11-01T10:00:00Z'),
      },
    ]);
    expect(page?.policies).toEqual([
      { arn: policy, name: 'deploy', text },
      { arn: readOnly, name: 'ReadOnlyAccess', text: expect.stringContaining('kms:Describe*') },
    ]);
  });

  it('is asked for in pages of 1,000 entries', async () => {
    await using simulated = await simulate(world(2500).organization);
    const pages = await read(simulated);
    expect(pages.map(({ users, roles }) => users.length + roles.length)).toEqual([1000, 1000, 501]);
    expect(asked(simulated)).toBe(3);
  });

  it.each<[string, Effect]>([
    ['shorter pages than asked', { kind: 'short_pages', entries: 7 }],
    ['entries that come twice', { kind: 'duplicates' }],
  ])('is whole with %s', async (_, effect) => {
    await using simulated = await simulate(world(40).organization);
    simulated.simulator.faults.add({ operation: 'iam:*', effect });
    const roles = (await read(simulated)).flatMap((page) => page.roles.map(({ name }) => name));
    expect(roles).toHaveLength(40);
    expect(new Set(roles).size).toBe(40);
  });

  it.each<[string, Effect, object]>([
    ['denied', { kind: 'deny' }, { reason: 'access_denied', code: 'AccessDenied' }],
    ['throttled for good', { kind: 'throttle' }, { reason: 'throttled', code: 'Throttling' }],
    ['told with a marker that repeats', { kind: 'repeated_marker' }, { code: 'broken_paging' }],
    ['told with more, and not where', { kind: 'truncated_without_marker' }, { code: 'broken_paging' }],
    ['cut', { kind: 'truncated_body' }, { reason: 'malformed_answer' }],
    ['empty', { kind: 'empty_body' }, { reason: 'malformed_answer' }],
  ])('is not read where it is %s, and after some tries', async (_, effect, error) => {
    await using simulated = await simulate(world(3).organization);
    simulated.simulator.faults.add({ operation: 'iam:*', effect });
    await expect(read(simulated)).rejects.toMatchObject({
      ...error,
      site: { operation: 'iam:GetAccountAuthorizationDetails', accountId },
    });
  });

  it('is asked for again where a page was throttled', async () => {
    await using simulated = await simulate(world(2500).organization);
    simulated.simulator.faults.add({ operation: 'iam:*', page: 2, times: 2, effect: { kind: 'throttle' } });
    expect((await read(simulated)).flatMap(({ roles }) => roles)).toHaveLength(2500);
    expect(asked(simulated)).toBe(5);
  });
});

/** An answer with some entries, as AWS writes it. */
const answer = (lists: string) =>
  `<GetAccountAuthorizationDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountAuthorizationDetailsResult><IsTruncated>false</IsTruncated>${lists}</GetAccountAuthorizationDetailsResult><ResponseMetadata><RequestId>7a62c49f</RequestId></ResponseMetadata></GetAccountAuthorizationDetailsResponse>`;

const role = (more: string) =>
  `<RoleDetailList><member><RoleName>r</RoleName><RoleId>AROA1</RoleId><Arn>arn:r</Arn>${more}</member></RoleDetailList>`;
const none = '<AttachedManagedPolicies/>';

describe('documents', () => {
  const readOne = async (lists: string) => {
    const aws = await oneAnswer();
    aws.answer = { status: 200, body: answer(lists) };
    try {
      return await collect(pagesAsLists(iamCalls(aws.access).authorizationDetails()));
    } finally {
      await aws.close();
    }
  };
  async function* pagesAsLists(pages: AsyncIterable<AuthorizationPage>) {
    for await (const page of pages) yield [page];
  }

  it.each([
    ['missing', ''],
    ['empty', '<AssumeRolePolicyDocument/>'],
    ['not decodable', '<AssumeRolePolicyDocument>%7B%E4%</AssumeRolePolicyDocument>'],
  ])('that are %s are null', async (_, document) => {
    const [page] = await readOne(role(none + document));
    expect(page?.roles).toMatchObject([{ name: 'r', trustPolicy: null }]);
  });

  it('of inline and managed policies are null alike, and their names stay', async () => {
    const inline =
      '<RolePolicyList><member><PolicyName>p</PolicyName><PolicyDocument>%</PolicyDocument></member></RolePolicyList>';
    const versions =
      '<PolicyVersionList><member><Document>%7B%7D</Document><VersionId>v1</VersionId><IsDefaultVersion>false</IsDefaultVersion></member></PolicyVersionList>';
    const policy = `<Policies><member><PolicyName>m</PolicyName><Arn>arn:m</Arn><DefaultVersionId>v2</DefaultVersionId>${versions}</member></Policies>`;
    const [page] = await readOne(role(none + inline) + policy);
    expect(page?.roles[0]?.inline).toEqual([{ name: 'p', text: null }]);
    expect(page?.policies).toEqual([{ arn: 'arn:m', name: 'm', text: null }]);
  });

  it.each([
    ['the policy names', '<DefaultVersionId>v1</DefaultVersionId>', 'false', '{"in":"force"}'],
    ['says so itself', '', 'true', '{"in":"force"}'],
    ['nothing tells', '', 'false', null],
  ])('of managed policies are of the version that %s', async (_, named, isDefault, expected) => {
    const version = (id: string, document: string, marked: string) =>
      `<member><Document>${encodeURIComponent(document)}</Document><VersionId>${id}</VersionId><IsDefaultVersion>${marked}</IsDefaultVersion></member>`;
    const versions = version('v2', '{}', 'false') + version('v1', '{"in":"force"}', isDefault);
    const [page] = await readOne(
      `<Policies><member><PolicyName>m</PolicyName><Arn>arn:m</Arn>${named}<PolicyVersionList>${versions}</PolicyVersionList></member></Policies>`,
    );
    expect(page?.policies).toEqual([{ arn: 'arn:m', name: 'm', text: expected }]);
  });

  it('are none only where the answer says whether there is more', async () => {
    expect(await readOne('')).toEqual([]);
    const aws = await oneAnswer();
    const silent = answer('').replace('<IsTruncated>false</IsTruncated>', '');
    aws.answer = { status: 200, body: silent };
    const reading = collect(pagesAsLists(iamCalls(aws.access).authorizationDetails()));
    await expect(reading).rejects.toMatchObject({ reason: 'malformed_answer' });
    await aws.close();
  });

  const user = (more: string) =>
    `<UserDetailList><member><UserName>u</UserName><UserId>AIDA1</UserId><Arn>arn:u</Arn>${more}</member></UserDetailList>`;
  const group = (more: string) =>
    `<GroupDetailList><member><GroupName>g</GroupName><Arn>arn:g</Arn>${more}</member></GroupDetailList>`;

  // AWS writes these lists, be they empty; only those of inline policies and tags it leaves out.
  it.each([
    ['attached policies of a role', role('')],
    ['attached policies of a user', user('<GroupList/>')],
    ['attached policies of a group', group('')],
    ['groups of a user', user(none)],
  ])('are of no use where the list of %s is missing', async (_, lists) => {
    await expect(readOne(lists)).rejects.toMatchObject({ reason: 'malformed_answer' });
  });

  it('are none where these lists are empty', async () => {
    const [page] = await readOne(role(none) + user(`${none}<GroupList/>`) + group(none));
    expect(page?.roles).toMatchObject([{ name: 'r', attached: [], inline: [], tags: {} }]);
    expect(page?.users).toMatchObject([{ name: 'u', attached: [], inline: [], tags: {}, groups: [] }]);
    expect(page?.groups).toEqual([{ arn: 'arn:g', name: 'g', attached: [], inline: [] }]);
  });
});

it('is asked for as the client of AWS asks, which reads the same', async () => {
  const { organization, account } = world();
  addIamRole(account, { name: 'deployer', inline: { own: text } });
  await using simulated = await simulate(organization, { keepRequests: true });
  const [page] = await read(simulated);
  const [kept] = simulated.simulator.requests.kept;
  const command = new GetAccountAuthorizationDetailsCommand({
    Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'],
    MaxItems: 1000,
  });
  const { form, output } = await judgeOf('iam')(command, { statusCode: 200, body: kept?.answer ?? '' });
  const sorted = (body: string) => [...new URLSearchParams(body)].sort();
  expect(sorted(kept?.http.body.toString() ?? '')).toEqual(sorted(form));
  const [theirs] = (output as { RoleDetailList: { Arn: string; CreateDate: Date; RoleId: string }[] })
    .RoleDetailList;
  expect(page?.roles[0]).toMatchObject({
    arn: theirs?.Arn,
    createdAt: theirs?.CreateDate,
    id: theirs?.RoleId,
  });
});
