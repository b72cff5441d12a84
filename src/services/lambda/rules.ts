import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, byNobody, byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { lambdaGrammar } from './grammar.ts';

/**
 * Functions: the key of their environment variables. Lambda decrypts these by a grant of the function's own
 * execution role; who invokes needs no key. Who reads them needs a customer managed key, with its own permission;
 * the code comes without it (Lambda developer guide, "Securing Lambda environment variables", read 2026-11-28).
 */
export const lambdaRules = {
  service: 'lambda',
  byDefault: true,
  title: 'AWS Lambda functions',
  resourceTypes: { function: null, alias: 'of a function' },
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
  // Of an alias: the function's.
  encryptionContext: (arn) => ({ 'aws:lambda:FunctionArn': arn.split(':', 7).join(':') }),
  caveat:
    'policies of versions, which may let others in, and a key of the code package (SourceKMSKeyArn) are not read',
} as const satisfies SortRules;

/** Without a key AWS says only that it owns or manages the one in use. */
export const functionEncryption = (kmsKeyArn: string | null): ResourceEncryption => ({
  state: kmsKeyArn === null ? 'aws_owned_or_managed' : 'kms',
  key: kmsKeyArn,
});
