import { addIamRole } from '../../lab/aws/account-iam.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { type FaultCase, ofTables, testCases } from './cases.ts';
import { compute, data, keyNamed } from './organization.ts';

/** A bucket for a role of `compute` that no IAM policy lets read: `blocked_by_iam`, as long as IAM there is read. */
function withIdleReader(made: SimOrganization): void {
  addIamRole(made.accounts.get(compute) as SimAccount, { name: 'idle' });
  addBucket(made.accounts.get(data) as SimAccount, {
    name: 'idle-lake',
    region: 'us-east-1',
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: keyNamed(made, 'orders').metadata.Arn },
    policy: bucketPolicy('idle-lake', `arn:aws:iam::${compute}:role/idle`),
  });
}

const call = { account: compute, operation: 'iam:GetAccountAuthorizationDetails' };
const onePerPage: Fault = { ...call, effect: { kind: 'short_pages', entries: 1 } };

const failures: readonly [name: string, faults: readonly Fault[], reason: string, code: string][] = [
  ['denied', [{ ...call, effect: { kind: 'deny' } }], 'access_denied', 'AccessDenied'],
  ['throttled for good', [{ ...call, effect: { kind: 'throttle' } }], 'throttled', 'Throttling'],
  ['errors 500', [{ ...call, effect: { kind: 'internal' } }], 'service_error', 'InternalFailure'],
  ['cut in the middle', [{ ...call, effect: { kind: 'cut', when: 'middle' } }], 'connection', 'ECONNRESET'],
  [
    'half an answer',
    [{ ...call, effect: { kind: 'truncated_body' } }],
    'malformed_answer',
    'unreadable_answer',
  ],
  ['an empty body', [{ ...call, effect: { kind: 'empty_body' } }], 'malformed_answer', 'unreadable_answer'],
  [
    'page 2 denied',
    [onePerPage, { ...call, page: 2, effect: { kind: 'deny' } }],
    'access_denied',
    'AccessDenied',
  ],
];

/** What is said of readers of a bucket or queue that lets in `compute`. */
const notEvaluated =
  'iam_evaluated=false, reader_principal_arns=null, reader_principals_count=null, root_user_can=null';

/** Rows that hang on IAM of `compute`, elsewhere. */
const elsewhere = [
  'data us-east-1 key_principals of orders missing × 2',
  'data us-east-1 key_principals of orders: reached_through=[arn:aws:iam::222222222222:role/posture] []',
  `data us-east-1 resources jobs: explanation≠, ${notEvaluated} []`,
  `data us-east-1 resources news: ${notEvaluated} []`,
  `data us-east-1 s3_buckets idle-lake: cross_account_read=possible, read_verdicts=[possible], readable_account_ids=[333333333333], blocked_account_ids=[], explanation≠, ${notEvaluated}, fix=null []`,
  `data us-east-1 s3_buckets lake: explanation≠, ${notEvaluated} []`,
];
/** The root user of the account is left: it needs no IAM policy. */
const ofApp = 'compute us-east-1 key_principals of app missing × 3';

const ofIam = (status: string, tables: readonly string[], rest: string) =>
  ofTables('compute global', tables, `${status} ${rest}`);
const ofKeysIn = (places: readonly string[], rest: string) =>
  places.map((place) => `${place} key_principals: partial ${rest}`);
const bothPlaces = ['compute us-east-1', 'data us-east-1'];

const cases = failures.map(([name, faults, reason, code]): FaultCase => {
  const failure = `${reason}, ${call.operation} ${code} × 1`;
  return {
    name: `IAM of an account that a key lets in, ${name}: its users and roles are missing, and none is locked out`,
    arrange: withIdleReader,
    faults,
    rows: ['compute global: every row missing', ofApp, ...elsewhere],
    coverage: [
      ...ofIam('failed', ['iam_principals', 'iam_policies'], failure),
      ...ofKeysIn(bothPlaces, failure),
    ],
  };
});

const twice = `malformed_answer, ${call.operation} broken_paging × 1`;
const locked = 'assume_role_denied, sts:AssumeRole AccessDenied × 1';

testCases([
  ...cases,
  {
    name: 'a paging token of IAM comes twice: policies that were seen are told, users and roles are not',
    arrange: withIdleReader,
    faults: [{ ...call, effect: { kind: 'repeated_marker' } }],
    rows: ['compute global iam_principals: every row missing', ofApp, ...elsewhere],
    coverage: [
      ...ofIam('failed', ['iam_principals'], twice),
      ...ofIam('partial', ['iam_policies'], twice),
      ...ofKeysIn(bothPlaces, twice),
    ],
  },
  {
    name: 'an account that a key lets in cannot be entered: none of its users and roles is locked out',
    arrange: withIdleReader,
    faults: [{ account: compute, operation: 'sts:AssumeRole', effect: { kind: 'deny' } }],
    rows: ['compute: every row missing', ...elsewhere],
    coverage: [`compute global *: failed ${locked}`, ...ofKeysIn(['data us-east-1'], locked)],
  },
  {
    name: 'pages of IAM of one entry each are one answer',
    arrange: withIdleReader,
    faults: [onePerPage],
    rows: [],
    coverage: [],
  },
]);
