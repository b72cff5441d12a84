import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

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

export const lambdaApi = {
  signingName: 'lambda',
  endpoint: { prefix: 'lambda', serviceId: 'Lambda' },
  protocol: restJson,
};

const allFunctions = ['2015-03-31', 'functions'];
/** Most that AWS gives in one page (Lambda API reference, 2026-10-01). */
const MaxItems = '50';

export function lambdaReads(access: ScopeAccess): LambdaReads {
  const { find, list } = apiCalls(access, lambdaApi);
  return {
    functions: () =>
      list(
        'lambda:ListFunctions',
        ({ arn }) => arn,
        (Marker) => ({ path: allFunctions, query: { MaxItems, Marker } }),
        (answer) => ({
          items: answer.requiredObjects('Functions').map((one) => ({
            arn: one.requiredText('FunctionArn'),
            kmsKeyArn: one.text('KMSKeyArn') || null,
          })),
          next: answer.text('NextMarker'),
        }),
      ),

    aliases: (functionArn) =>
      collect(
        list(
          'lambda:ListAliases',
          (arn) => arn,
          (Marker) => ({ path: [...allFunctions, functionArn, 'aliases'], query: { MaxItems, Marker } }),
          (answer) => ({
            items: answer.requiredObjects('Aliases').map((alias) => alias.requiredText('AliasArn')),
            next: answer.text('NextMarker'),
          }),
        ),
      ),

    policy(arn) {
      // `arn:aws:lambda:eu-west-1:111122223333:function:bill`, or with `:live` behind it.
      const Qualifier = arn.split(':')[7];
      const path = [...allFunctions, arn.split(':', 7).join(':'), 'policy'];
      // AWS says the same of a function without a policy and of one that is gone; this one was just listed.
      return find('lambda:GetPolicy', 'ResourceNotFoundException', { path, query: { Qualifier } }, (answer) =>
        answer.requiredText('Policy'),
      );
    },
  };
}
