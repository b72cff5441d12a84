import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../src/aws/error.ts';
import { known, notApplicable, notAsked, unread } from '../../../src/aws/fact.ts';
import type { Organization } from '../../../src/organization/model.ts';
import { accessToKey, isRead } from '../../../src/posture/access/key-access.ts';
import { type OrganizationKnowledge, organizationKnowledge } from '../../../src/posture/access/knowledge.ts';
import { key, metadataOf, organization, policyOf } from './case-file.ts';

const judge = (statement: object, knowledge: OrganizationKnowledge, accountId = '111122223333') =>
  accessToKey(
    {
      arn: `arn:aws:kms:eu-west-1:${accountId}:key/k`,
      scope: { ...key.scope, accountId },
      metadata: metadataOf('CUSTOMER'),
      policy: known(
        policyOf({ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*', ...statement }),
      ),
      ramPolicy: known(null),
      grants: known([]),
    },
    knowledge,
  );

test('the walked organization is what policies are judged by', () => {
  const walked: Organization = {
    id: 'o-ours000001',
    arn: null,
    managementAccountId: null,
    resourceControlPoliciesEnabled: null,
    serviceControlPoliciesEnabled: null,
    memberAccountIds: new Set(['111122223333']),
    unreadReason: null,
  };
  const knownAccounts = { '999988887777': 'auditor' };
  const accounts = [
    { id: '111122223333', name: 'data', organizationalUnits: ['r-ab12', 'ou-ab12-prod'] },
    { id: '222233334444', name: null, organizationalUnits: null },
  ];
  expect(organizationKnowledge(walked, knownAccounts, accounts)).toEqual({
    organizationId: 'o-ours000001',
    memberAccountIds: new Set(['111122223333']),
    memberPaths: { '111122223333': 'o-ours000001/r-ab12/ou-ab12-prod/' },
    memberNames: { '111122223333': 'data' },
    knownAccounts,
  });
  expect(organizationKnowledge(null, {})).toEqual({
    organizationId: null,
    memberAccountIds: null,
    memberPaths: {},
    memberNames: {},
    knownAccounts: {},
  });
});

test('a key of an account outside the listed organization: its own organization is not known', () => {
  const { sharing } = judge({ Principal: { AWS: '222233334444' } }, organization, '999988887777');
  expect(sharing).toMatchObject({ sharing: 'other_account', sharedOutsideOrganization: null });
  const own = judge({ Principal: { AWS: '999988887777' } }, organization, '999988887777');
  expect(own.sharing.sharing).toBe('not_shared');
});

describe('aws:PrincipalOrgPaths where the place of the account is known', () => {
  const paths: OrganizationKnowledge = {
    ...organization,
    memberPaths: {
      '222233334444': 'o-ours000001/r-ab12/ou-ab12-prod/',
      '333344445555': 'o-ours000001/r-ab12/ou-ab12-test/',
    },
  };
  const both = { AWS: ['222233334444', '333344445555'] };
  const inProd = { 'aws:PrincipalOrgPaths': ['o-ours000001/r-ab12/ou-ab12-prod/*'] };

  test('lets in who is in the unit', () => {
    const { findings } = judge({ Principal: both, Condition: { 'ForAnyValue:StringLike': inProd } }, paths);
    expect(findings.map(({ row }) => row.certainty)).toEqual(['unconditional', 'denied']);
  });

  test('a Deny for those outside the unit leaves who is in it', () => {
    const { sharing } = accessToKey(
      {
        ...key,
        metadata: metadataOf('CUSTOMER'),
        policy: known(
          policyOf([
            { Effect: 'Allow', Principal: both, Action: 'kms:Decrypt', Resource: '*' },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'kms:*',
              Resource: '*',
              Condition: { 'ForAllValues:StringNotLike': inProd },
            },
          ]),
        ),
        ramPolicy: known(null),
        grants: known([]),
      },
      paths,
    );
    expect(sharing.sharedAccountIds).toEqual(['222233334444']);
  });

  test('is open where the comparison is not plain: a path that differs in case is the same there', () => {
    const inCapitals = { 'aws:PrincipalOrgPaths': 'o-ours000001/r-ab12/ou-ab12-PROD/' };
    const { findings } = judge(
      { Principal: both, Condition: { 'ForAnyValue:StringEqualsIgnoreCase': inCapitals } },
      paths,
    );
    expect(findings.map(({ row }) => row.certainty)).toEqual(['conditional', 'conditional']);
  });

  test('is open where it is not known', () => {
    const { findings } = judge(
      { Principal: both, Condition: { 'ForAnyValue:StringLike': inProd } },
      organization,
    );
    expect(findings.map(({ row }) => row.certainty)).toEqual(['conditional', 'conditional']);
  });
});

const denied = new AwsError('access_denied', 'AccessDeniedException', {
  operation: 'kms:GetKeyPolicy',
  accountId: '111122223333',
  region: 'eu-west-1',
});

test('what is not asked or failed is not read; where there is nothing to read, it is', () => {
  expect([known(null), notApplicable, notAsked, unread(denied)].map(isRead)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
