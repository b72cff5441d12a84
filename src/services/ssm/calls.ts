import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** A parameter, never its value. */
export interface Parameter {
  /** `/prod/password`, or without a slash before it. */
  readonly name: string;
  /** Null: not answered, as emulators do. */
  readonly arn: string | null;
  /** `SecureString`, `String`, `StringList`. */
  readonly type: string;
  /** ARN, id or alias of the key of a SecureString; null: not answered. */
  readonly keyId: string | null;
  /** `Standard`, `Advanced`, `Intelligent-Tiering`; null: not answered. */
  readonly tier: string | null;
}

/** Parameter Store as seen from one scope. Rejects with AwsError only. */
export interface SsmReads {
  /** The account's own parameters of type SecureString. */
  secureStrings(): AsyncIterable<readonly Parameter[]>;
  /** The JSON texts of a parameter's policies. */
  policies(arn: string): Promise<readonly string[]>;
}

export const ssmApi = {
  signingName: 'ssm',
  endpoint: { prefix: 'ssm', serviceId: 'SSM', fipsAnyway: ['aws-us-gov'] },
  protocol: awsJson('1.1', 'AmazonSSM'),
};

/** Most that AWS gives in one page, of both (Systems Manager API reference, 2026-11-29). */
const MaxResults = 50;
const ParameterFilters = [{ Key: 'Type', Values: ['SecureString'] }];

export function ssmReads(access: ScopeAccess): SsmReads {
  const { list } = apiCalls(access, ssmApi);
  return {
    secureStrings: () =>
      list<Parameter>(
        'ssm:DescribeParameters',
        ({ name }) => name,
        (NextToken) => ({ ParameterFilters, MaxResults, NextToken }),
        (answer) => ({
          items: answer
            .requiredObjects('Parameters')
            .map((parameter) => ({
              name: parameter.requiredText('Name'),
              arn: parameter.text('ARN') || null,
              type: parameter.requiredText('Type'),
              keyId: parameter.text('KeyId') || null,
              tier: parameter.text('Tier') || null,
            }))
            // Who does not know the filter answers all.
            .filter(({ type }) => type !== 'String' && type !== 'StringList'),
          next: answer.text('NextToken'),
        }),
      ),

    async policies(ResourceArn) {
      const all = await collect(
        list<{ readonly id: string; readonly text: string }>(
          'ssm:GetResourcePolicies',
          ({ id }) => id,
          (NextToken) => ({ ResourceArn, MaxResults, NextToken }),
          (answer) => ({
            items: answer.requiredObjects('Policies').map((policy) => ({
              id: policy.requiredText('PolicyId'),
              text: policy.requiredText('Policy'),
            })),
            next: answer.text('NextToken'),
          }),
        ),
      );
      return all.map(({ text }) => text);
    },
  };
}
