import { readFileSync } from 'node:fs';
import { known } from '../../src/aws/fact.ts';
import { accessToKey } from '../../src/posture/access/key-access.ts';
import type { OrganizationKnowledge } from '../../src/posture/access/knowledge.ts';
import { grantOf, metadataOf } from '../posture/access/case-file.ts';

/** The owner of the keys and buckets in the reports, another member of its organization, and a stranger. */
export const owner = '100000000001';
export const sibling = '100000000002';
export const stranger = '999900001111';

export const organization: OrganizationKnowledge = {
  organizationId: 'o-bugs000001',
  memberAccountIds: new Set([owner, sibling]),
  knownAccounts: {},
};

/** A grant as ListGrants answers it. */
export type ListedGrant = Readonly<Record<string, unknown>>;

interface Expected {
  readonly sharing: string;
  readonly complete?: boolean;
  readonly outside?: boolean | null;
  readonly ids?: readonly string[];
}

export interface KeyReport {
  readonly kind: string;
  readonly cases: readonly {
    readonly name: string;
    readonly policy: unknown;
    readonly grants?: readonly ListedGrant[];
    readonly expected: Expected;
  }[];
}

/** A report beside this file. */
export const reportOf = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const grantsOf = (listed: readonly ListedGrant[]) =>
  listed.map((grant, index) =>
    grantOf(
      {
        granteePrincipal: text(grant.GranteePrincipal),
        granteeServicePrincipal: text(grant.GranteeServicePrincipal),
        retiringPrincipal: text(grant.RetiringPrincipal),
        issuingAccount: text(grant.IssuingAccount),
        operations: Array.isArray(grant.Operations) ? grant.Operations.map(String) : [],
      },
      index,
    ),
  );

/** What the product says of a key of the owner, in the words of the reports. */
export function sharingBy(policy: unknown, grants: readonly ListedGrant[] = []) {
  const facts = {
    arn: `arn:aws:kms:us-east-1:${owner}:key/k`,
    scope: { accountId: owner, accountName: null, region: 'us-east-1', partition: 'aws' },
    metadata: metadataOf('CUSTOMER'),
    policy: known(JSON.stringify(policy)),
    ramPolicy: known(null),
    grants: known(grantsOf(grants)),
  };
  const { sharing } = accessToKey(facts, organization);
  return {
    sharing: sharing.sharing,
    complete: sharing.sharingComplete,
    outside: sharing.sharedOutsideOrganization,
    ids: sharing.sharedAccountIds,
    access: sharing.sharedAccess,
  };
}
