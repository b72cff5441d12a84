import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { nullFor, serviceCalls } from '../../aws/service-calls.ts';

export interface LambdaFunction {
  readonly arn: string;
  /** Null: a key that AWS owns or one that it manages, which of the two it does not say (API reference). */
  readonly kmsKeyArn: string | null;
}

/** Lambda as seen from one scope; never a function's code or environment. Rejects with AwsError only. */
export interface LambdaReads {
  functions(): AsyncIterable<readonly LambdaFunction[]>;
  /** ARNs of the function's aliases. */
  aliases(functionArn: string): Promise<readonly string[]>;
  /** The JSON text of the policy of a function itself, or of one of its aliases; null: it has none. */
  policy(arn: string): Promise<string | null>;
}

/** Most that AWS gives in one page (Lambda API reference, 2026-10-01). */
const MaxItems = 50;

export function lambdaReads(access: ScopeAccess): LambdaReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-lambda');
    return { sdk, client: slim(new sdk.LambdaClient(config)) };
  });
  return {
    functions: () =>
      list<LambdaFunction>(
        'lambda:ListFunctions',
        ({ arn }) => arn,
        (Marker) =>
          async ({ sdk, client }, options, site) => {
            const output = await client.send(new sdk.ListFunctionsCommand({ MaxItems, Marker }), options);
            const items = required(output.Functions, 'Functions', site).map(({ FunctionArn, KMSKeyArn }) => ({
              arn: required(FunctionArn, 'FunctionArn', site),
              kmsKeyArn: KMSKeyArn || null,
            }));
            return { items, next: output.NextMarker };
          },
      ),

    async aliases(FunctionName) {
      const all: string[] = [];
      const listing = list<string>(
        'lambda:ListAliases',
        (arn) => arn,
        (Marker) =>
          async ({ sdk, client }, options, site) => {
            const command = new sdk.ListAliasesCommand({ FunctionName, MaxItems, Marker });
            const output = await client.send(command, options);
            const items = required(output.Aliases, 'Aliases', site).map(({ AliasArn }) =>
              required(AliasArn, 'AliasArn', site),
            );
            return { items, next: output.NextMarker };
          },
      );
      for await (const page of listing) all.push(...page);
      return all;
    },

    policy: (arn) =>
      call('lambda:GetPolicy', async ({ sdk, client }, options, site) => {
        // `arn:aws:lambda:eu-west-1:111122223333:function:bill`, or with `:live` behind it.
        const Qualifier = arn.split(':')[7];
        const FunctionName = arn.split(':', 7).join(':');
        // AWS says the same of a function without a policy and of one that is gone; this one was just listed.
        const input = Qualifier === undefined ? { FunctionName } : { FunctionName, Qualifier };
        const sending = client.send(new sdk.GetPolicyCommand(input), options);
        const output = await nullFor('ResourceNotFoundException', sending);
        return output && required(output.Policy, 'Policy', site);
      }),
  };
}
