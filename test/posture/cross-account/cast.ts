import { AwsError } from '../../../src/aws/error.ts';
import { known, notAsked, unread } from '../../../src/aws/fact.ts';
import type { Organization } from '../../../src/organization/model.ts';
import type { KeyFacts } from '../../../src/posture/key-facts.ts';
import { classify } from '../../../src/posture/key-types.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import type { Grant, KeyMetadata } from '../../../src/services/kms/facts.ts';
import { keyMetadata } from '../keys.ts';

/** The article's cast: `data` owns the resources, `compute` wants to read them. */
export const data = '111122223333';
export const compute = '222233334444';
/** A third member of the organization, which may own keys. */
export const third = '333344445555';
/** Outside the organization. */
export const vendor = '999988887777';
export const ours = 'o-ours000001';
export const theirs = 'o-theirs0001';
export const region = 'eu-west-1';

export const organization = {
  organizationId: ours,
  memberAccountIds: new Set([data, compute, third]),
  knownAccounts: {},
} as const;

/** An organization in which no policies are switched on. */
export const noPolicies: Organization = {
  id: ours,
  arn: null,
  managementAccountId: null,
  resourceControlPoliciesEnabled: false,
  serviceControlPoliciesEnabled: false,
  memberAccountIds: organization.memberAccountIds,
  unreadReason: null,
};

export const root = (account: string): string => `arn:aws:iam::${account}:root`;
export const role = (account: string, name = 'analytics'): string => `arn:aws:iam::${account}:role/${name}`;

export type Statement = Readonly<Record<string, unknown>>;
export const policyOf = (...statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** The statement that CreateKey writes: IAM of the key's own account decides. */
const ownRoot = (account: string): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: root(account) },
  Action: 'kms:*',
  Resource: '*',
});

/** Lets principals decrypt, under a condition if one is given. */
export const decrypt = (principal: unknown, condition?: object): Statement => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
  ...(condition && { Condition: condition }),
});

export const grantTo = (granteePrincipal: string, changes: Partial<Grant> = {}): Grant => ({
  grantId: 'g1',
  name: null,
  creationDate: null,
  granteePrincipal,
  retiringPrincipal: null,
  granteeServicePrincipal: null,
  retiringServicePrincipal: null,
  issuingAccount: data,
  operations: ['Decrypt'],
  constraints: null,
  ...changes,
});

export const denied = (operation: string): AwsError =>
  new AwsError('access_denied', 'AccessDeniedException', { operation, accountId: data, region });

export interface GivenKey {
  /** Default: the account of `data`. */
  readonly account?: string;
  readonly metadata?: Partial<KeyMetadata> | 'unread';
  /** Beside the own account's root; or the whole text; or why there is none. */
  readonly statements?: readonly Statement[];
  readonly text?: string;
  readonly policy?: 'unread';
  /** The statements of the policy `AWS_RAM`; absent: the key has none. */
  readonly ram?: readonly Statement[] | 'unread';
  readonly grants?: readonly Grant[] | 'unread' | 'not_asked';
}

/** A customer managed key of AWS material, resolved by its ARN. */
export function customerKey(given: GivenKey = {}): ResolvedKey {
  const { account = data, metadata = {}, statements = [], text, policy, ram, grants = [] } = given;
  const arn = `arn:aws:kms:${region}:${account}:key/k`;
  const described = metadata === 'unread' ? null : keyMetadata({ arn, accountId: account, ...metadata });
  const facts: KeyFacts = {
    scope: { accountId: account, accountName: null, region, partition: 'aws' },
    keyId: 'k',
    arn,
    metadata: described === null ? unread(denied('kms:DescribeKey')) : known(described),
    policy:
      policy === 'unread'
        ? unread(denied('kms:GetKeyPolicy'))
        : known(text ?? policyOf(ownRoot(account), ...statements)),
    ramPolicy:
      ram === 'unread'
        ? unread(denied('kms:GetKeyPolicy'))
        : known(ram === undefined ? null : policyOf(...ram)),
    grants:
      grants === 'unread'
        ? unread(denied('kms:ListGrants'))
        : grants === 'not_asked'
          ? notAsked
          : known(grants),
    aliases: notAsked,
    tags: notAsked,
    rotationStatus: notAsked,
    rotations: notAsked,
    lastUsage: notAsked,
  };
  return {
    key: { state: 'found', facts },
    arn,
    accountId: account,
    type: described && classify(described).keyType,
    errors: policy === 'unread' ? [denied('kms:GetKeyPolicy')] : [],
  };
}

/** A key of `data` whose policy has these statements beside the own account's root. */
export const keyWith = (...statements: readonly Statement[]): ResolvedKey => customerKey({ statements });

/** `alias/aws/<service>` of an account, created or not. */
export const awsManagedKey = (account = data): ResolvedKey => ({
  key: { state: 'aws_managed', facts: null },
  arn: null,
  accountId: account,
  type: 'aws_managed',
  errors: [],
});

export const goneKey: ResolvedKey = {
  key: { state: 'gone', problem: `key k does not exist in account ${data}, ${region}` },
  arn: null,
  accountId: data,
  type: null,
  errors: [],
};

export const unreachableKey: ResolvedKey = {
  key: {
    state: 'unknown',
    problem: `the key in account ${third} could not be read: sts:AssumeRole failed with AccessDenied`,
  },
  arn: `arn:aws:kms:${region}:${third}:key/k`,
  accountId: third,
  type: null,
  errors: [denied('sts:AssumeRole')],
};
