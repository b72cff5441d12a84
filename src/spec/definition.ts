import * as z from 'zod/mini';
import { servicesByDefault } from '../services/choice.ts';
import { operations } from '../services/operations.ts';
import { account, organization, regionsKey } from './accounts.ts';
import {
  documented,
  key,
  keyWithDefault,
  list,
  listKey,
  text,
  textKey,
  wholeNumber,
  withoutEffect,
  yesOrNo,
} from './field.ts';
import { notEveryServiceWithOthers, serviceNames } from './resource-services.ts';
import * as format from './text-format.ts';

/** Requests in flight beyond which one Node process gains nothing. */
export const maxConcurrency = 1024;

/** What is done with rows of things that are gone in AWS. */
const deletions = ['scope', 'generation', 'none'] as const;

/** Where rows are deleted at all. */
export const usualDeletion = 'scope';

const anything = () =>
  documented(withoutEffect(z.optional(z.unknown())), {
    doc: "A key of CloudQuery's AWS source, without effect here.",
  });

/** Keys of CloudQuery's AWS source that mean nothing here: accepted, so that an existing block works. */
const ignored = {
  initialization_concurrency: anything(),
  use_paid_apis: anything(),
  table_options: anything(),
  event_based_sync: anything(),
  scheduler: anything(),
};

export const ignoredKeys = Object.keys(ignored) as readonly (keyof typeof ignored)[];

const requestRate = 'a number of requests per second, above 0';
const share = 'a share above 0 and up to 1, such as 0.5';

const mapping = z.strictObject(
  {
    regions: regionsKey({
      doc: 'Regions to read; `*` alone means every region that is enabled in each account. Empty means `*` too.',
      default: ['*'],
      example: ['us-east-1', 'eu-central-1'],
    }),
    accounts: listKey(list(account, 'a list of accounts'), {
      doc: 'Accounts to read, one by one. Excludes `org`. With neither, the account of the default credentials is read.',
      example: [{ id: '111122223333', role_arn: 'arn:aws:iam::111122223333:role/posture' }],
    }),
    org: key(organization, {
      doc: 'Reads every account of the organization. Excludes `accounts`.',
      example: { member_role_name: 'cloudquery-aws-encryption-member' },
    }),
    concurrency: keyWithDefault(wholeNumber('requests', 1), {
      doc: `Requests in flight in the whole process; above ${maxConcurrency} it is capped with a warning.`,
      default: 256,
      example: 256,
    }),
    max_retries: keyWithDefault(wholeNumber('retries', 0, 1000), {
      doc: 'Tries of a request after the first, when AWS throttles or fails; 0 for none.',
      default: 10,
      example: 10,
    }),
    max_backoff: keyWithDefault(wholeNumber('seconds', 0, 3600), {
      doc: 'Longest wait between two tries, in seconds.',
      default: 30,
      example: 30,
    }),
    custom_endpoint_url: textKey(format.endpointUrl, {
      doc: 'Address that is asked in place of AWS: an emulator.',
      example: 'http://127.0.0.1:4566',
    }),
    custom_endpoint_partition_id: textKey(format.partition, {
      doc: 'Partition of `custom_endpoint_url`; `aws` when left out.',
      example: 'aws',
    }),
    custom_endpoint_signing_region: textKey(format.region, {
      doc: "Region that requests to `custom_endpoint_url` are signed for; each request's own when left out.",
      example: 'us-east-1',
    }),
    custom_endpoint_hostname_immutable: keyWithDefault(yesOrNo(), {
      doc: 'Whether the host name of `custom_endpoint_url` is used as given, with no bucket or service put before it.',
      default: true,
      example: true,
    }),
    aws_debug: keyWithDefault(yesOrNo(), {
      doc: 'Logs every request to AWS and its outcome, retries included, at level `debug` (`cloudquery sync --log-level debug`); no secrets.',
      default: false,
      example: false,
    }),
    quota_share: keyWithDefault(
      z.number({ error: share }).check(z.gt(0, { error: share }), z.lte(1, { error: share })),
      {
        doc: "Share of each of AWS's published request quotas (per account, region and operation) that the sync may use; workloads share them.",
        default: 0.5,
        example: 0.5,
      },
    ),
    requests_per_second: key(
      z.partialRecord(
        z.enum(operations, { error: 'an operation that this plugin calls, such as kms:DescribeKey' }),
        z.number({ error: requestRate }).check(z.gt(0, { error: requestRate })),
        { error: 'a mapping from operations to requests per second' },
      ),
      {
        doc: 'Requests per second for single operations, in place of quota × share: lower, or higher where AWS raised the quota.',
        example: { 'kms:DescribeKey': 1000 },
      },
    ),
    resource_services: listKey(serviceNames, {
      doc: 'Services whose resources are read, by their names in the column `service` of `aws_encryption_resources`; `*` alone means all of them. Those by default are what can be shared, what audits, and databases. Empty means the default. What each costs: [services](services.md).',
      default: [...servicesByDefault],
      example: ['sqs', 'sns', 'secretsmanager'],
      jsonSchema: notEveryServiceWithOthers,
    }),
    include_grants: keyWithDefault(yesOrNo(), {
      doc: 'Whether ListGrants is called (100 a second per region); without it, sharing is incomplete.',
      default: true,
      example: true,
    }),
    include_key_last_usage: keyWithDefault(yesOrNo(), {
      doc: 'Whether GetKeyLastUsage is called (5 a second per region).',
      default: false,
      example: false,
    }),
    include_key_metrics: keyWithDefault(yesOrNo(), {
      doc: 'Whether CloudWatch is asked for the requests on each key within the last 14 days (ListMetrics, GetMetricData). AWS bills that: see [the table](tables/aws_encryption_key_metrics.md).',
      default: false,
      example: false,
    }),
    include_organization_policies: keyWithDefault(yesOrNo(), {
      doc: 'Whether SCPs and RCPs are read (ListPolicies, DescribePolicy, ListTargetsForPolicy); only with `org`. Without them verdicts say that organization policies were not evaluated.',
      default: true,
      example: true,
    }),
    include_iam: keyWithDefault(yesOrNo(), {
      doc: 'Whether users, roles and their policies of each account are read (GetAccountAuthorizationDetails): who can really use a key, where key policies leave that to IAM.',
      default: false,
      example: true,
    }),
    known_accounts: key(
      z.record(text(format.accountId), text(format.name), { error: 'a mapping from account ids to names' }),
      {
        doc: 'Names for accounts outside the organization, by account id. A name marks an account where it stands and hides nothing: findings about it are waived by `check --waivers`.',
        example: { '999988887777': 'auditor' },
      },
    ),
    deletion: key(z.enum(deletions, { error: '`scope`, `generation` or `none`' }), {
      doc: 'What becomes of rows whose key, bucket, … is gone in AWS: `scope` deletes them, `generation` keeps them and lets coverage tell which are current, `none` keeps them (default beside `history: true`). Which destination takes which: [destinations](destinations.md).',
      default: usualDeletion,
      example: 'generation',
    }),
    history: keyWithDefault(yesOrNo(), {
      doc: 'Whether the destination keeps the rows of every sync (`sync_group_id`): nothing is deleted, and `_cq_id` differs from sync to sync.',
      default: false,
      example: true,
    }),
    ...ignored,
  },
  { error: 'a mapping' },
);

const hasBoth = ({ accounts, org }: z.output<typeof mapping>): boolean => org !== null && accounts.length > 0;

/** What a user may write: the one definition behind the type, the JSON Schema, the check at Init and the docs. */
export const definition = documented(
  mapping.check(
    z.refine((written) => !hasBoth(written), {
      error: 'has both `accounts` and `org`; keep one of them, or use a source for each',
    }),
    z.refine((written) => !written.history || written.deletion !== 'scope', {
      error:
        'has both `history: true` and `deletion: scope`, which would delete the history; leave one of them out',
    }),
  ),
  {
    doc: 'The plugin spec of aws-encryption.',
    example: { org: { member_role_name: 'cloudquery-aws-encryption-member' } },
    jsonSchema: {
      allOf: [
        {
          not: {
            required: ['accounts', 'org'],
            properties: { accounts: { type: 'array', minItems: 1 }, org: { type: 'object' } },
          },
        },
        {
          not: {
            required: ['history', 'deletion'],
            properties: { history: { const: true }, deletion: { const: 'scope' } },
          },
        },
      ],
    },
  },
);

/** What a user may write. */
export type WrittenSpec = z.input<typeof definition>;

/** What was written and found good. What was left out has its default; null or an empty list where there is none. */
export type CheckedSpec = z.output<typeof definition>;
