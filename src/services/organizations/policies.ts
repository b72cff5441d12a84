import { required } from '../../aws/answer.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { organizationsClient } from './client.ts';
import type { ListedPolicy, PolicyTarget, PolicyType } from './facts.ts';

/**
 * The policies of an organization: for the management account and delegated administrators only, of whom AWS asks a
 * delegation policy of the organization, too. Rejects with AwsError only.
 */
export interface OrganizationPolicyCalls {
  /** Every policy of the type, those of AWS included, attached or not. */
  list(type: PolicyType): Promise<readonly ListedPolicy[]>;
  /** The document's text. */
  content(policyId: string): Promise<string>;
  /** The root, units and accounts that the policy is attached to, directly. */
  targets(policyId: string): Promise<readonly PolicyTarget[]>;
}

const kinds: Readonly<Record<string, PolicyTarget['kind']>> = {
  ROOT: 'root',
  ORGANIZATIONAL_UNIT: 'organizational_unit',
  ACCOUNT: 'account',
};

export function organizationPolicyCalls(access: ScopeAccess): OrganizationPolicyCalls {
  const { call, list } = organizationsClient(access);
  return {
    list: (type) =>
      list(
        'ListPolicies',
        async ({ sdk, client }, token, options, site) => {
          const output = await client.send(new sdk.ListPoliciesCommand({ Filter: type, ...token }), options);
          const items = required(output.Policies, 'Policies', site).map((policy) => ({
            id: required(policy.Id, 'Id', site),
            arn: policy.Arn ?? null,
            type,
            name: policy.Name ?? null,
            description: policy.Description ?? null,
            awsManaged: policy.AwsManaged ?? null,
          }));
          return { items, next: output.NextToken };
        },
        (policy) => policy.id,
      ),

    content: (policyId) =>
      call('DescribePolicy', async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.DescribePolicyCommand({ PolicyId: policyId }), options);
        return required(required(output.Policy, 'Policy', site).Content, 'Content', site);
      }),

    targets: (policyId) =>
      list(
        'ListTargetsForPolicy',
        async ({ sdk, client }, token, options, site) => {
          const input = { PolicyId: policyId, ...token };
          const output = await client.send(new sdk.ListTargetsForPolicyCommand(input), options);
          const items = required(output.Targets, 'Targets', site).map((target) => ({
            id: required(target.TargetId, 'TargetId', site),
            kind: required(kinds[target.Type ?? ''], 'Type', site),
            name: target.Name ?? null,
          }));
          return { items, next: output.NextToken };
        },
        (target) => target.id,
      ),
  };
}
