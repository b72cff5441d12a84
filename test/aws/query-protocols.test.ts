import {
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  type DescribeSnapshotsCommandOutput,
} from '@aws-sdk/client-ec2';
import {
  DescribeDBClusterSnapshotAttributesCommand,
  type DescribeDBClusterSnapshotAttributesCommandOutput,
  DescribeDBInstancesCommand,
  type DescribeDBInstancesCommandOutput,
} from '@aws-sdk/client-rds';
import {
  GetTopicAttributesCommand,
  type GetTopicAttributesCommandOutput,
  ListTopicsCommand,
  type ListTopicsCommandOutput,
  TagResourceCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/aws/answer.ts';
import { ec2Api } from '../../src/services/ec2/api.ts';
import { rdsApi } from '../../src/services/rds/calls.ts';
import { snsApi } from '../../src/services/sns/calls.ts';
import fc from '../random.ts';
import { judgeOf } from './query-by-sdk.ts';
import { type Content, documentOf } from './random-xml.ts';

const apis = { sns: snsApi, rds: rdsApi, ec2: ec2Api };
type Service = keyof typeof apis;

const awkward = `'( )*!~/+&=%é💥\n`;

describe('a request is the one of the SDK', () => {
  it.each<[Service, string, object, Parameters<typeof snsApi.protocol.request>[1]]>([
    ['sns', 'ListTopics', new ListTopicsCommand({}), { NextToken: undefined }],
    ['sns', 'ListTopics', new ListTopicsCommand({ NextToken: awkward }), { NextToken: awkward }],
    [
      'sns',
      'TagResource',
      new TagResourceCommand({
        ResourceArn: 'a',
        Tags: [
          { Key: 'k', Value: awkward },
          { Key: 'l', Value: '' },
        ],
      }),
      {
        ResourceArn: 'a',
        Tags: [
          { Key: 'k', Value: awkward },
          { Key: 'l', Value: '' },
        ],
      },
    ],
    [
      'rds',
      'DescribeDBInstances',
      new DescribeDBInstancesCommand({ MaxRecords: 100, Marker: awkward }),
      { MaxRecords: 100, Marker: awkward },
    ],
    [
      'ec2',
      'DescribeSnapshots',
      new DescribeSnapshotsCommand({
        OwnerIds: ['self', 'amazon'],
        Filters: [{ Name: 'status', Values: ['completed', awkward] }],
        MaxResults: 1000,
        DryRun: false,
      }),
      {
        Owner: ['self', 'amazon'],
        Filter: [{ Name: 'status', Value: ['completed', awkward] }],
        MaxResults: 1000,
        DryRun: false,
      },
    ],
    [
      'ec2',
      'DescribeSnapshotAttribute',
      new DescribeSnapshotAttributeCommand({ SnapshotId: 's', Attribute: 'createVolumePermission' }),
      { SnapshotId: 's', Attribute: 'createVolumePermission' },
    ],
  ])('%s:%s', async (service, operation, command, input) => {
    const { form } = await judgeOf(service)(command, { statusCode: 200, body: '' });
    const { body, ...rest } = apis[service].protocol.request(operation, input);
    expect(body.split('&').toSorted()).toEqual(form.split('&').toSorted());
    expect(rest).toEqual({
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  });
});

/** What both make of the same answer: absent is null. */
type Seen = Readonly<Record<string, unknown>> | null;
const text = (value: string | undefined) => value ?? null;

interface Compared {
  readonly service: Service;
  readonly operation: string;
  readonly command: object;
  /** What may stand in the answer's result. */
  readonly result: fc.Arbitrary<Content>;
  readonly ours: (answer: Fields) => Seen;
  readonly theirs: (output: object) => Seen;
}

const words = fc.string({ unit: fc.constantFrom(...`aZ0 <>&"'é💥{}]:`, '\n'), maxLength: 8 });
const flags = fc.constantFrom('true', 'false');
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
/** A list under its name; absent, empty, of one or of several. */
const listOf = (name: string, item: fc.Arbitrary<Content>) =>
  maybe(fc.array(item, { maxLength: 3 }).map((items): Content => ({ [name]: items })));
const record = (fields: Record<string, fc.Arbitrary<Content>>) => fc.record(fields) as fc.Arbitrary<Content>;

const compared: readonly Compared[] = [
  {
    service: 'sns',
    operation: 'ListTopics',
    command: new ListTopicsCommand({}),
    result: record({ Topics: listOf('member', record({ TopicArn: maybe(words) })), NextToken: maybe(words) }),
    ours: (answer) => ({
      topics: answer.objects('Topics')?.map((topic) => topic.text('TopicArn')) ?? null,
      next: answer.text('NextToken'),
    }),
    theirs: ({ Topics, NextToken }: ListTopicsCommandOutput) => ({
      topics: Topics?.map(({ TopicArn }) => text(TopicArn)) ?? null,
      next: text(NextToken),
    }),
  },
  {
    service: 'sns',
    operation: 'GetTopicAttributes',
    command: new GetTopicAttributesCommand({ TopicArn: 'a' }),
    // The SDK cannot read a map that has nothing but white space in it.
    result: record({
      Attributes: maybe(
        fc
          .array(record({ key: words, value: words }), { minLength: 1, maxLength: 3 })
          .map((entry): Content => ({ entry })),
      ),
    }),
    ours: (answer) => {
      const entries = answer.objects('Attributes');
      return entries && Object.fromEntries(entries.map((one) => [one.text('key'), one.text('value')]));
    },
    theirs: ({ Attributes }: GetTopicAttributesCommandOutput) => Attributes ?? null,
  },
  {
    service: 'rds',
    operation: 'DescribeDBInstances',
    command: new DescribeDBInstancesCommand({}),
    result: record({
      DBInstances: listOf(
        'DBInstance',
        record({
          DBInstanceArn: maybe(words),
          StorageEncrypted: maybe(flags),
          AllocatedStorage: maybe(fc.nat().map(String)),
          InstanceCreateTime: maybe(fc.constant('2026-11-29T07:15:51.25Z')),
          VpcSecurityGroups: listOf(
            'VpcSecurityGroupMembership',
            record({ VpcSecurityGroupId: maybe(words) }),
          ),
        }),
      ),
      Marker: maybe(words),
    }),
    ours: (answer) => ({
      instances:
        answer.objects('DBInstances')?.map((one) => ({
          arn: one.text('DBInstanceArn'),
          encrypted: one.boolean('StorageEncrypted'),
          storage: one.integer('AllocatedStorage'),
          created: one.date('InstanceCreateTime'),
          groups: one.objects('VpcSecurityGroups')?.map((group) => group.text('VpcSecurityGroupId')) ?? null,
        })) ?? null,
      next: answer.text('Marker'),
    }),
    theirs: ({ DBInstances, Marker }: DescribeDBInstancesCommandOutput) => ({
      instances:
        DBInstances?.map((one) => ({
          arn: text(one.DBInstanceArn),
          encrypted: one.StorageEncrypted ?? null,
          storage: one.AllocatedStorage ?? null,
          created: one.InstanceCreateTime ?? null,
          groups: one.VpcSecurityGroups?.map((group) => text(group.VpcSecurityGroupId)) ?? null,
        })) ?? null,
      next: text(Marker),
    }),
  },
  {
    service: 'rds',
    operation: 'DescribeDBClusterSnapshotAttributes',
    command: new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: 's' }),
    result: record({
      DBClusterSnapshotAttributesResult: maybe(
        record({
          DBClusterSnapshotAttributes: listOf(
            'DBClusterSnapshotAttribute',
            record({ AttributeName: maybe(words), AttributeValues: listOf('AttributeValue', words) }),
          ),
        }),
      ),
    }),
    ours: (answer) => {
      const result = answer.object('DBClusterSnapshotAttributesResult');
      const attributes = result?.objects('DBClusterSnapshotAttributes') ?? null;
      return (
        attributes && {
          all: attributes.map((one) => [one.text('AttributeName'), one.texts('AttributeValues')]),
        }
      );
    },
    theirs: ({
      DBClusterSnapshotAttributesResult: result,
    }: DescribeDBClusterSnapshotAttributesCommandOutput) => {
      const attributes = result?.DBClusterSnapshotAttributes ?? null;
      return (
        attributes && {
          all: attributes.map((one) => [text(one.AttributeName), one.AttributeValues ?? null]),
        }
      );
    },
  },
  {
    service: 'ec2',
    operation: 'DescribeSnapshots',
    command: new DescribeSnapshotsCommand({}),
    result: record({
      snapshotSet: listOf(
        'item',
        record({
          snapshotId: maybe(words),
          encrypted: maybe(flags),
          kmsKeyId: maybe(words),
          tagSet: listOf('item', record({ key: maybe(words), value: maybe(words) })),
        }),
      ),
      nextToken: maybe(words),
    }),
    ours: (answer) => ({
      snapshots:
        answer.objects('snapshotSet')?.map((one) => ({
          id: one.text('snapshotId'),
          encrypted: one.boolean('encrypted'),
          key: one.text('kmsKeyId'),
          tags: one.objects('tagSet')?.map((tag) => [tag.text('key'), tag.text('value')]) ?? null,
        })) ?? null,
      next: answer.text('nextToken'),
    }),
    theirs: ({ Snapshots, NextToken }: DescribeSnapshotsCommandOutput) => ({
      snapshots:
        Snapshots?.map((one) => ({
          id: text(one.SnapshotId),
          encrypted: one.Encrypted ?? null,
          key: text(one.KmsKeyId),
          tags: one.Tags?.map(({ Key, Value }) => [text(Key), text(Value)]) ?? null,
        })) ?? null,
      next: text(NextToken),
    }),
  },
] satisfies readonly (Omit<Compared, 'theirs'> & {
  theirs: (output: never) => Seen;
})[] as readonly Compared[];

describe('an answer is read as the SDK reads it', () => {
  it.each(compared)('$service:$operation', async ({ service, operation, command, result, ours, theirs }) => {
    const site = { accountId: null, region: 'eu-west-1', operation: `${service}:${operation}` };
    const content = (inside: Content): Content =>
      service === 'ec2' ? inside : { [`${operation}Result`]: inside, ResponseMetadata: { RequestId: 'r' } };
    const bySdk = judgeOf(service);
    await fc.assert(
      fc.asyncProperty(result, fc.gen(), async (inside, random) => {
        const body = documentOf(`${operation}Response`, content(inside), random);
        const { output, error } = await bySdk(command, { statusCode: 200, body });
        expect(error).toBeNull();
        expect(ours(apis[service].protocol.answer(body, site))).toEqual(theirs(output ?? {}));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a refusal', () => {
  const refusal = (body: string) =>
    snsApi.protocol.refusal({ statusCode: 400, headers: {}, body: Buffer.from(body) });

  it.each([
    [
      '<ErrorResponse><Error><Code> Throttling </Code><Message>Slow</Message></Error></ErrorResponse>',
      'Throttling',
      'Slow',
    ],
    ['<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>', 'Throttling', ''],
    [
      '<ErrorResponse><Error><Code>Throttling</Code><message>Slow</message></Error></ErrorResponse>',
      'Throttling',
      'Slow',
    ],
    ['<ErrorResponse><Error><Code/><Message>Slow</Message></Error></ErrorResponse>', null, 'Slow'],
    ['<ErrorResponse><Error/></ErrorResponse>', null, ''],
    ['<ErrorResponse><Error><Message><B/></Message></Error></ErrorResponse>', null, ''],
    [
      '<Response><Errors><Error><Code>A</Code></Error><Error><Code>B</Code></Error></Errors></Response>',
      'A',
      '',
    ],
  ])('%s', (body, code, message) => {
    expect(refusal(body)).toEqual({ code, message });
  });
});
