import { apiCalls } from '../../aws/api-calls.ts';
import { restJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** What a function is at the moment, or a version of it that was published. */
export interface LambdaFunction {
  /** Without a version. */
  readonly arn: string;
  /** `$LATEST`, or a number. */
  readonly version: string;
  /** Null: a key that AWS owns or one that it manages, which of the two it does not say (API reference). */
  readonly kmsKeyArn: string | null;
}

/** A name for versions of a function. */
export interface LambdaAlias {
  readonly arn: string;
  /** The one that it stands for, and others that take a part of its traffic. */
  readonly versions: readonly string[];
}

/** Lambda as seen from one scope; never a function's code or environment. Rejects with AwsError only. */
export interface LambdaReads {
  /** Functions and all their versions. */
  functions(): AsyncIterable<readonly LambdaFunction[]>;
  /** The function's aliases. */
  aliases(functionArn: string): Promise<readonly LambdaAlias[]>;
  /** The JSON text of the policy of a function itself, or of one of its versions and aliases; null: it has none. */
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
        ({ arn, version }) => `${arn}:${version}`,
        // "Set FunctionVersion to ALL to include all published versions of each function in addition to the
        // unpublished version" (ListFunctions, @aws-sdk/client-lambda, read 2026-11-29).
        (Marker) => ({ path: allFunctions, query: { FunctionVersion: 'ALL', MaxItems, Marker } }),
        (answer) => ({
          items: answer.requiredObjects('Functions').map((one) => ({
            arn: functionOf(one.requiredText('FunctionArn')),
            version: one.requiredText('Version'),
            kmsKeyArn: one.text('KMSKeyArn') || null,
          })),
          next: answer.text('NextMarker'),
        }),
      ),

    aliases: (functionArn) =>
      collect(
        list(
          'lambda:ListAliases',
          ({ arn }) => arn,
          (Marker) => ({ path: [...allFunctions, functionArn, 'aliases'], query: { MaxItems, Marker } }),
          (answer) => ({
            items: answer.requiredObjects('Aliases').map((alias) => {
              const others = alias.object('RoutingConfig')?.raw('AdditionalVersionWeights') ?? {};
              const versions = [alias.requiredText('FunctionVersion'), ...Object.keys(others)];
              return { arn: alias.requiredText('AliasArn'), versions };
            }),
            next: answer.text('NextMarker'),
          }),
        ),
      ),

    policy(arn) {
      // `arn:aws:lambda:eu-west-1:111122223333:function:bill`, or with `:live` behind it.
      const Qualifier = arn.split(':')[7];
      const path = [...allFunctions, functionOf(arn), 'policy'];
      // AWS says the same of a function without a policy and of one that is gone; this one was just listed.
      return find('lambda:GetPolicy', 'ResourceNotFoundException', { path, query: { Qualifier } }, (answer) =>
        answer.requiredText('Policy'),
      );
    },
  };
}

/** The function's ARN, from that of a version or an alias, too. */
const functionOf = (arn: string): string => arn.split(':', 7).join(':');
