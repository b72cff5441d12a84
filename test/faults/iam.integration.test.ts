import { addIamRole } from '../../lab/aws/account-iam.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { type FaultCase, testCases } from './cases.ts';
import { compute, data, keyNamed } from './organization.ts';

const operation = 'iam:GetAccountAuthorizationDetails';

/** A bucket for a role of `compute` that no IAM policy lets read: it is `blocked_by_iam` once IAM there is read. */
function withIdleReader(made: SimOrganization): void {
  addIamRole(made.accounts.get(compute) as SimAccount, { name: 'idle' });
  addBucket(made.accounts.get(data) as SimAccount, {
    name: 'idle-lake',
    region: 'us-east-1',
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: keyNamed(made, 'orders').metadata.Arn },
    policy: bucketPolicy('idle-lake', `arn:aws:iam::${compute}:role/idle`),
  });
}

const answers: readonly [name: string, effect: Effect, reason: string, code: string][] = [
  ['denied', { kind: 'deny' }, 'access_denied', 'AccessDenied'],
];

testCases(
  answers.map(
    ([name, effect, reason, code]): FaultCase => ({
      name: `IAM of an account that a key lets in, ${name}: nobody there is told of, and nobody is locked out`,
      arrange: withIdleReader,
      faults: [{ account: compute, operation, effect }],
      rows: [],
      coverage: [`${reason} ${code}`],
    }),
  ),
);
