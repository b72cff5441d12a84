import * as ec2 from '@aws-sdk/client-ec2';
import * as rds from '@aws-sdk/client-rds';
import * as sns from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { newOrganization } from '../../lab/aws/build.ts';
import type { AwsError } from '../../src/aws/error.ts';
import { collect } from '../../src/aws/paging.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { toAwsError } from '../../src/aws/to-aws-error.ts';
import { ebsReads } from '../../src/services/ebs/calls.ts';
import { ec2Api } from '../../src/services/ec2/api.ts';
import { rdsReads } from '../../src/services/rds/calls.ts';
import { snsApi, snsReads } from '../../src/services/sns/calls.ts';
import { judgeOf } from './query-by-sdk.ts';
import { simulate } from './simulated.ts';

const region = 'eu-west-1';
const site = { accountId: null, region, operation: 'sns:GetTopicAttributes' };

/** AWS's code, its HTTP status, and what the SDK calls it. */
type Known = readonly [code: string, status: number, name: string];

/** All errors of a service that its SDK knows of. */
function knownErrors(sdk: object): readonly Known[] {
  return Object.values(sdk).flatMap((schema): Known[] => {
    if (!Array.isArray(schema) || schema[0] !== -3 || schema[3]?.awsQueryError === undefined) return [];
    const [code, status] = schema[3].awsQueryError;
    return [[code, status, schema[2]]];
  });
}

/** Errors of all services, by which the SDK has no class. */
const common: readonly Known[] = [
  ['AccessDenied', 403],
  ['AuthFailure', 401],
  ['ExpiredToken', 403],
  ['InternalFailure', 500],
  ['InvalidAction', 400],
  ['InvalidClientTokenId', 403],
  ['InvalidParameterValue', 400],
  ['InvalidSnapshot.NotFound', 400],
  ['OptInRequired', 401],
  ['RequestExpired', 400],
  ['RequestLimitExceeded', 503],
  ['ServiceUnavailable', 503],
  ['SignatureDoesNotMatch', 403],
  ['Throttling', 400],
  ['UnauthorizedOperation', 403],
  ['BrandNew', 400],
].map(([code, status]) => [String(code), Number(status), String(code)] as const);

describe.each([
  {
    service: 'sns' as const,
    known: [...knownErrors(sns), ...common],
    least: 30,
    ask: (access: ScopeAccess): Promise<unknown> => snsReads(access).attributes('arn'),
    command: new sns.GetTopicAttributesCommand({ TopicArn: 'arn' }),
    body: (code: string) =>
      `<ErrorResponse xmlns="urn:x"><Error><Type>Sender</Type><Code>${code}</Code><Message>Said &amp; done</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  },
  {
    service: 'rds' as const,
    known: [...knownErrors(rds), ...common],
    least: 100,
    ask: (access: ScopeAccess): Promise<unknown> => rdsReads(access).snapshotSharing('s'),
    command: new rds.DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: 's' }),
    body: (code: string) =>
      `<ErrorResponse xmlns="urn:x"><Error><Type>Sender</Type><Code>${code}</Code><Message>Said &amp; done</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  },
  {
    service: 'ec2' as const,
    known: common,
    least: 10,
    ask: (access: ScopeAccess): Promise<unknown> => ebsReads(access).snapshotSharing('s'),
    command: new ec2.DescribeSnapshotAttributeCommand({
      SnapshotId: 's',
      Attribute: 'createVolumePermission',
    }),
    body: (code: string) =>
      `<Response><Errors><Error><Code>${code}</Code><Message>Said &amp; done</Message></Error></Errors><RequestID>r</RequestID></Response>`,
  },
])('a refusal of $service', ({ service, known, least, ask, command, body }) => {
  it('means what it means by the SDK, under the code of AWS', async () => {
    expect(known.length).toBeGreaterThan(least);
    await using simulated = await simulate(newOrganization(), {}, { maxRetries: 0 });
    const session = await simulated.aws.session(simulated.as('111111111111'));
    const bySdk = judgeOf(service);
    for (const [code, status, name] of known) {
      const { error } = await bySdk(command, { statusCode: status, body: body(code) });
      expect(error?.name).toBe(name);
      const theirs = toAwsError(error, site);
      const access = simulated.aws.open(session, '111111111111', region);
      const message = 'Said & done';
      const fault = simulated.simulator.faults.add({
        operation: `${service}:*`,
        effect: { kind: 'error', status, code, message },
      });
      const ours = await ask(access).catch((refused: AwsError) => refused);
      fault.remove();
      expect(ours, code).toMatchObject({ reason: theirs.reason, code, detail: theirs.detail });
    }
  });
});

describe('what is read of a refusal', () => {
  const { refusal } = snsApi.protocol;
  const read = (body: string) => refusal({ statusCode: 400, headers: {}, body: Buffer.from(body) });

  it.each<[string, string, string | null, string]>([
    [
      'of several, the first',
      '<Response><Errors><Error><Code>A</Code></Error><Error><Code>B</Code></Error></Errors></Response>',
      'A',
      '',
    ],
    ['in lines', '<ErrorResponse>\n <Error>\n  <Code>\n A </Code>\n </Error>\n</ErrorResponse>', 'A', ''],
    [
      'with an empty code',
      '<ErrorResponse><Error><Code/><Message>m</Message></Error></ErrorResponse>',
      null,
      'm',
    ],
    ['with a code that is none', '<ErrorResponse><Error><Code><A/></Code></Error></ErrorResponse>', null, ''],
    ['without a code', '<ErrorResponse><Error><Message>m</Message></Error></ErrorResponse>', null, 'm'],
    ['without an error', '<ErrorResponse><RequestId>r</RequestId></ErrorResponse>', null, ''],
    ['with errors that are empty', '<Response><Errors/></Response>', null, ''],
    ['that is text', '<Response>Busy</Response>', null, ''],
  ])('%s', (_what, body, code, message) => {
    expect(read(body)).toEqual({ code, message });
    expect(ec2Api.protocol.refusal({ statusCode: 400, headers: {}, body: Buffer.from(body) })).toEqual({
      code,
      message,
    });
  });

  it.each([
    '',
    'Busy',
    '{"__type": "Throttling"}',
    '<ServiceUnavailableException/>',
    '<ErrorResponse><Error>',
  ])('nothing, where the body is %j', (body) => {
    expect(() => read(body)).toThrow();
  });
});

it('a 404 without a code is not "there is none"', async () => {
  await using simulated = await simulate(newOrganization(), {}, { maxRetries: 0 });
  const session = await simulated.aws.session(simulated.as('111111111111'));
  const access = simulated.aws.open(session, '111111111111', region);
  simulated.simulator.faults.add({ operation: 'sns:*', effect: { kind: 'error', status: 404, code: '' } });
  await expect(snsReads(access).attributes('arn')).rejects.toMatchObject({ reason: 'malformed_answer' });
});

it.each<[string, (access: ScopeAccess) => Promise<unknown>]>([
  ['SNS', (access) => collect(snsReads(access).listTopics())],
  ['RDS', (access) => collect(rdsReads(access).instances())],
  ['EC2', (access) => collect(ebsReads(access).volumes())],
])('a clock that stays off is corrected for %s', async (_service, ask) => {
  const options = { verifySignatures: true, now: () => Date.now() + 3_600_000 };
  await using simulated = await simulate(newOrganization(), options);
  const session = await simulated.aws.session(simulated.as('111111111111'));
  const access = simulated.aws.open(session, '111111111111', region);
  expect(await ask(access)).toEqual([]);
  expect(access.counts.requests).toBe(2);
});
