import { required } from './answer.ts';
import { slim } from './client.ts';
import type { ScopeAccess } from './scope-access.ts';
import { nullFor, serviceCalls } from './service-calls.ts';

export interface LambdaFunction {
  readonly arn: string;
  /** Null: a key that AWS owns or one that it manages, which of the two it does not say (API reference). */
  readonly kmsKeyArn: string | null;
}

/** Lambda as seen from one scope; never a function's code or environment. Rejects with AwsError only. */
export interface LambdaReads {
  functions(): AsyncIterable<readonly LambdaFunction[]>;
  /** The JSON text of the policy of the function itself, its versions and aliases aside; null: it has none. */
  policy(functionArn: string): Promise<string | null>;
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

    policy: (FunctionName) =>
      call('lambda:GetPolicy', async ({ sdk, client }, options, site) => {
        // AWS says the same of a function without a policy and of one that is gone; this one was just listed.
        const sending = client.send(new sdk.GetPolicyCommand({ FunctionName }), options);
        const output = await nullFor('ResourceNotFoundException', sending);
        return output && required(output.Policy, 'Policy', site);
      }),
  };
}
