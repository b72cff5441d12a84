import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, byNobody, byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { lambdaGrammar } from './grammar.ts';

/**
 * Functions, their aliases and published versions: the key of their environment variables. A version keeps the key
 * that it was published with, and has a policy of its own, for which it must be asked: as many calls of GetPolicy as
 * there are versions (GetPolicy, @aws-sdk/client-lambda, read 2026-11-29). Lambda decrypts these by a grant of the function's own
 * execution role; who invokes needs no key. Who reads them needs a customer managed key, with its own permission;
 * the code comes without it (Lambda developer guide, "Securing Lambda environment variables", read 2026-11-28), unless
 * the package has a customer managed key of its own: then "only users in your account with access to the KMS key can view
 * or manage the function's code or configuration" ("Encrypting Lambda .zip deployment packages", read 2026-11-29).
 */
export const lambdaRules = {
  service: 'lambda',
  byDefault: true,
  title: 'AWS Lambda functions',
  resourceTypes: {
    function: null,
    alias: 'of a function',
    version: 'of a function: a published one that names a key or has a policy',
  },
  calls: { 'lambda:ListFunctions': 15, 'lambda:ListAliases': 15, 'lambda:GetPolicy': 15 },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'lambda',
  defaultAlias: 'alias/aws/lambda',
  checkedAgainst: 'service',
  grammar: lambdaGrammar,
  operations: [
    writing('invoke', oneOf('lambda', 'InvokeFunction InvokeFunctionUrl InvokeAsync'), byService),
    reading('read the code', oneOf('lambda', 'GetFunction'), byNobody),
    reading(
      'read environment variables',
      oneOf('lambda', 'GetFunction GetFunctionConfiguration ListVersionsByFunction'),
      byCaller('kms:Decrypt'),
    ),
  ],
  // Of an alias or a version: the function's.
  encryptionContext: (arn) => ({ 'aws:lambda:FunctionArn': arn.split(':', 7).join(':') }),
  caveat:
    'a key of the code package (SourceKMSKeyArn), which may keep out who is said to read the code, is not read, since only lambda:GetFunction tells it, which gives the code and environment variables as well',
} as const satisfies SortRules;

/** Without a key AWS says only that it owns or manages the one in use. */
export const functionEncryption = (kmsKeyArn: string | null): ResourceEncryption => ({
  state: kmsKeyArn === null ? 'aws_owned_or_managed' : 'kms',
  key: kmsKeyArn,
});

/** Of an alias: that of its versions; not known where they differ, or are not there. */
export function aliasEncryption(versions: readonly (ResourceEncryption | undefined)[]): ResourceEncryption {
  const [first, ...more] = versions;
  if (first === undefined) return { state: 'unknown', key: null };
  const isSame = more.every((other) => other?.state === first.state && other.key === first.key);
  return isSame ? first : { state: 'unknown', key: first.key };
}
