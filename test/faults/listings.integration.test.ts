import { addKey, regionOf } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { type FaultCase, ofKeys, ofTables, testCases } from './cases.ts';
import { data } from './organization.ts';

const place = { partition: 'aws', accountId: data, region: 'eu-west-1' };
const dataOf = (made: SimOrganization) => made.accounts.get(data) as SimAccount;

/** Ids in the order of the listing. */
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** `key 1` … `key 200` before `archive`, in eu-west-1. */
function twoHundredKeys(made: SimOrganization): void {
  for (let number = 1; number <= 200; number++) {
    addKey(dataOf(made), awsMaterialKey(place, `key ${number}`, { id: idOf(number) }));
  }
}

const listKeys = { account: data, region: 'eu-west-1', operation: 'kms:ListKeys' };
const oneByOne = { ...listKeys, effect: { kind: 'short_pages', entries: 1 } } as const;

/** The rows of keys that were not listed. */
const lost = (...names: string[]) =>
  names.flatMap((name) => [
    ...['keys', 'key_access of', 'key_policies of', 'key_rotations of', 'key_last_usage of'].map(
      (table) => `data eu-west-1 ${table} ${name} missing`,
    ),
    // The root user, the user and the role of the account, and the user elsewhere that can become the role.
    `data eu-west-1 key_principals of ${name} missing × 4`,
  ]);

/**
 * Coverage of a listing that was cut short after keys were seen: there are rows of all but grants and foreign keys. Metrics
 * are read where there is a key at all, and are whole then.
 */
const cutShort = (reason: string, failure: string) =>
  ofKeys('data eu-west-1', `partial ${reason}, kms:ListKeys ${failure}`)
    .filter((line) => !line.includes('key_metrics'))
    .map((line) => line.replace(/(key_grants|foreign_keys): partial/, '$1: failed'));

/** The same of a later page: the listing of other accounts' keys has none. */
const cutShortLater = (reason: string, failure: string) =>
  cutShort(reason, failure).filter((line) => !line.includes('foreign_keys'));

const pages: FaultCase[] = [
  {
    name: '201 pages of one key each are one listing',
    arrange: twoHundredKeys,
    faults: [oneByOne],
    rows: [],
    coverage: [],
  },
  {
    name: 'page 2 of 201 is denied: the key of page 1 has its rows',
    arrange: twoHundredKeys,
    faults: [oneByOne, { ...listKeys, page: 2, effect: { kind: 'deny' } }],
    rows: lost('archive', ...Array.from({ length: 199 }, (_, index) => `key ${index + 2}`)),
    coverage: cutShortLater('access_denied', 'AccessDeniedException × 1'),
  },
  {
    name: 'page 199 of 201 fails: all keys before it have their rows',
    arrange: twoHundredKeys,
    faults: [oneByOne, { ...listKeys, page: 199, effect: { kind: 'internal' } }],
    rows: lost('key 199', 'key 200', 'archive'),
    coverage: cutShortLater('service_error', 'KMSInternalException × 1'),
  },
];

const tokens: FaultCase[] = [
  {
    name: 'a paging token comes twice: the listing ends, and is never called complete',
    faults: [{ ...listKeys, effect: { kind: 'repeated_marker' } }],
    rows: [],
    coverage: cutShort('malformed_answer', 'broken_paging × 1'),
  },
  {
    name: 'a paging token comes twice on page 2 of 201',
    arrange: twoHundredKeys,
    faults: [oneByOne, { ...listKeys, page: 2, effect: { kind: 'repeated_marker' } }],
    rows: lost('archive', ...Array.from({ length: 198 }, (_, index) => `key ${index + 3}`)),
    coverage: cutShortLater('malformed_answer', 'broken_paging × 1'),
  },
  {
    name: 'Truncated without a token: more follows, and nobody knows where',
    faults: [{ ...listKeys, effect: { kind: 'truncated_without_marker' } }],
    rows: [],
    coverage: cutShort('malformed_answer', 'broken_paging × 1'),
  },
  {
    name: 'a paging token of grants comes twice: sharing is not complete',
    faults: [
      {
        account: data,
        region: 'eu-west-1',
        operation: 'kms:ListGrants',
        effect: { kind: 'repeated_marker' },
      },
    ],
    rows: [
      'data eu-west-1 keys archive: sharing=unknown, sharing_complete=false, sharing_gaps=[grants_unread], shared_outside_organization=null, effective_sharing=unknown, effective_sharing_complete=false, effective_shared_outside_organization=null [kms:ListGrants broken_paging]',
    ],
    coverage: ofTables(
      'data eu-west-1',
      ['keys', 'key_access', 'key_grants', 'key_principals'],
      'partial malformed_answer, kms:ListGrants broken_paging × 1',
    ),
  },
  {
    name: 'a paging token of buckets comes twice',
    faults: [{ account: data, operation: 's3:ListBuckets', effect: { kind: 'repeated_marker' } }],
    rows: [],
    coverage: [
      ...ofTables(
        'data global',
        ['s3_buckets', 's3_bucket_access', 'resource_policies'],
        'partial malformed_answer, s3:ListBuckets broken_paging × 1',
      ),
      ...['us-east-1', 'eu-west-1'].map(
        (region) => `data ${region} foreign_keys: partial malformed_answer, s3:ListBuckets broken_paging × 1`,
      ),
    ],
  },
];

const notFound = {
  account: data,
  resource: idOf(1),
  effect: { kind: 'error', status: 400, code: 'NotFoundException' },
} as const;
const entries: FaultCase[] = [
  {
    name: 'every listing of every service has its first entry twice: no row comes twice',
    faults: [{ effect: { kind: 'duplicates' } }],
    rows: [],
    coverage: [],
  },
  {
    name: 'a key of another region in the listing is left out, and nothing there is called complete',
    disturb: (made) => regionOf(dataOf(made), 'us-east-1').keys.add(awsMaterialKey(place, 'stranger')),
    rows: [],
    coverage: ofKeys('data us-east-1', 'partial malformed_answer, kms:ListKeys foreign_entries × 1').filter(
      // CloudWatch tells by itself of which keys it counted requests.
      (line) => !line.includes('foreign_keys') && !line.includes('key_metrics'),
    ),
  },
  {
    name: 'a key that is deleted between ListKeys and DescribeKey was never there',
    disturb: (made) => void addKey(dataOf(made), awsMaterialKey(place, 'ghost', { id: idOf(1) })),
    faults: [{ ...notFound, operation: 'kms:DescribeKey' }],
    rows: [],
    coverage: [],
  },
  {
    name: 'a key that is deleted after DescribeKey has its row, without what was not read',
    arrange: (made) => void addKey(dataOf(made), awsMaterialKey(place, 'going', { id: idOf(1) })),
    faults: [{ ...notFound, operation: 'kms:ListResourceTags' }],
    rows: ['data eu-west-1 keys going: tags=null [kms:ListResourceTags NotFoundException]'],
    coverage: ofTables(
      'data eu-west-1',
      ['keys', 'key_principals'],
      'partial not_found, kms:ListResourceTags NotFoundException × 1',
    ),
  },
  {
    name: 'a bucket that is deleted between ListBuckets and its settings was never there',
    disturb: (made) => void addBucket(dataOf(made), { name: 'ghost', region: 'eu-west-1' }),
    faults: [
      {
        account: data,
        resource: 'ghost',
        effect: { kind: 'error', status: 404, code: 'NoSuchBucket' },
      },
    ],
    rows: [],
    coverage: [],
  },
];

testCases([...pages, ...tokens, ...entries]);
