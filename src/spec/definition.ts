import * as z from 'zod/mini';
import { operations } from '../services/operations.ts';
import { account, organization, regionsKey, trustedAccount } from './accounts.ts';
import { documented, key, list, text, textOrEmpty, wholeNumber, yesOrNo } from './field.ts';
import * as format from './text-format.ts';

/** Requests in flight beyond which one Node process gains nothing. */
export const maxConcurrency = 1024;

export const defaults = {
  regions: ['*'],
  concurrency: 256,
  max_retries: 10,
  max_backoff: 30,
  custom_endpoint_hostname_immutable: true,
  aws_debug: false,
  quota_share: 0.5,
  include_grants: true,
  include_key_last_usage: false,
  deletion: 'scope',
  history: false,
} as const;

/** What is done with rows of things that are gone in AWS. */
const deletions = ['scope', 'generation', 'none'] as const;

/** Keys of CloudQuery's AWS source that mean nothing here: accepted, so that an existing block works. */
export const ignoredKeys = [
  'initialization_concurrency',
  'use_paid_apis',
  'table_options',
  'event_based_sync',
  'scheduler',
] as const;

/** Keys whose values no message may repeat. */
export const secretKeys: readonly string[] = ['external_id', 'member_external_id'];

const ignored = () =>
  documented(z.optional(z.unknown()), { doc: "A key of CloudQuery's AWS source, without effect here." });

const requestRate = 'a number of requests per second, above 0';
const share = 'a share above 0 and up to 1, such as 0.5';

const mapping = z.strictObject(
  {
    regions: regionsKey({
      doc: 'Regions to read; `*` alone means every region that is enabled in each account. Empty means `*` too.',
      default: defaults.regions,
      example: ['us-east-1', 'eu-central-1'],
    }),
    accounts: key(list(account, 'a list of accounts'), {
      doc: 'Accounts to read, one by one. Excludes `org`. With neither, the account of the default credentials is read.',
      example: [{ id: '111122223333', role_arn: 'arn:aws:iam::111122223333:role/posture' }],
    }),
    org: key(organization, {
      doc: 'Reads every account of the organization. Excludes `accounts`.',
      example: { member_role_name: 'OrganizationAccountAccessRole' },
    }),
    concurrency: key(wholeNumber('requests', 1), {
      doc: `Requests in flight in the whole process; above ${maxConcurrency} it is capped with a warning.`,
      default: defaults.concurrency,
      example: 256,
    }),
    max_retries: key(wholeNumber('retries', 0, 1000), {
      doc: 'Tries of a request after the first, when AWS throttles or fails; 0 for none.',
      default: defaults.max_retries,
      example: 10,
    }),
    max_backoff: key(wholeNumber('seconds', 0, 3600), {
      doc: 'Longest wait between two tries, in seconds.',
      default: defaults.max_backoff,
      example: 30,
    }),
    custom_endpoint_url: key(textOrEmpty(format.endpointUrl), {
      doc: 'Address that is asked in place of AWS: an emulator.',
      example: 'http://127.0.0.1:4566',
    }),
    custom_endpoint_partition_id: key(textOrEmpty(format.partition), {
      doc: 'Partition of `custom_endpoint_url`; `aws` when left out.',
      example: 'aws',
    }),
    custom_endpoint_signing_region: key(textOrEmpty(format.region), {
      doc: "Region that requests to `custom_endpoint_url` are signed for; each request's own when left out.",
      example: 'us-east-1',
    }),
    custom_endpoint_hostname_immutable: key(yesOrNo(), {
      doc: 'Whether the host name of `custom_endpoint_url` is used as given, with no bucket or service put before it.',
      default: defaults.custom_endpoint_hostname_immutable,
      example: true,
    }),
    aws_debug: key(yesOrNo(), {
      doc: 'Logs every request to AWS and its outcome, retries included, at level `debug` (`cloudquery sync --log-level debug`); no secrets.',
      default: defaults.aws_debug,
      example: false,
    }),
    quota_share: key(
      z.number({ error: share }).check(z.gt(0, { error: share }), z.lte(1, { error: share })),
      {
        doc: "Share of each of AWS's published request quotas (per account, region and operation) that the sync may use; workloads share them.",
        default: defaults.quota_share,
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
    include_grants: key(yesOrNo(), {
      doc: 'Whether ListGrants is called (100 a second per region); without it, sharing is incomplete.',
      default: defaults.include_grants,
      example: true,
    }),
    include_key_last_usage: key(yesOrNo(), {
      doc: 'Whether GetKeyLastUsage is called (5 a second per region).',
      default: defaults.include_key_last_usage,
      example: false,
    }),
    known_accounts: key(
      z.record(text(format.accountId), text(format.name), { error: 'a mapping from account ids to names' }),
      {
        doc: 'Names for accounts outside the organization, by account id.',
        example: { '999988887777': 'auditor' },
      },
    ),
    deletion: key(z.enum(deletions, { error: '`scope`, `generation` or `none`' }), {
      doc: 'What becomes of rows whose key, bucket, … is gone in AWS: `scope` deletes them, `generation` keeps them and lets coverage tell which are current, `none` keeps them (default beside `history: true`). Which destination takes which: [destinations](destinations.md).',
      default: defaults.deletion,
      example: 'generation',
    }),
    history: key(yesOrNo(), {
      doc: 'Whether the destination keeps the rows of every sync (`sync_group_id`): nothing is deleted, and `_cq_id` differs from sync to sync.',
      default: defaults.history,
      example: true,
    }),
    initialization_concurrency: ignored(),
    use_paid_apis: ignored(),
    table_options: ignored(),
    event_based_sync: ignored(),
    scheduler: ignored(),
  },
  { error: 'a mapping' },
);

type Written = z.output<typeof mapping>;
const hasBoth = ({ accounts, org }: Written): boolean =>
  org !== null && org !== undefined && (accounts ?? []).length > 0;

/** What a user may write: the one definition behind the type, the JSON Schema, the check at Init and the docs. */
export const definition = documented(
  mapping.check(
    z.refine((written) => !hasBoth(written), {
      error: 'has both `accounts` and `org`; keep one of them, or use a source for each',
    }),
    z.refine((written) => written.history !== true || written.deletion !== 'scope', {
      error:
        'has both `history: true` and `deletion: scope`, which would delete the history; leave one of them out',
    }),
  ),
  {
    doc: 'The plugin spec of aws-encryption.',
    example: { org: { member_role_name: 'OrganizationAccountAccessRole' } },
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

/** What a user may write, before defaults. */
export type WrittenSpec = z.output<typeof definition>;

/** A mapping of the spec with keys of its own, and where it may stand. */
export interface Section {
  /** `''` for the spec itself; `[]` for each item of a list. */
  readonly paths: readonly string[];
  readonly shape: Readonly<Record<string, z.ZodMiniType>>;
}

export const sections: readonly Section[] = [
  { paths: [''], shape: definition.shape },
  { paths: ['accounts[]'], shape: account.shape },
  { paths: ['org'], shape: organization.shape },
  { paths: ['org.admin_account', 'org.member_trusted_principal'], shape: trustedAccount.shape },
];
