import { known } from '../../aws/fact.ts';
import { lambdaReads } from '../../aws/lambda.ts';
import { lambdaGrammar } from '../../posture/resource/lambda-grammar.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { oneOf } from '../../posture/resource/rules.ts';
import type { ResourceService } from './service.ts';
import { byPolicy, readSharing } from './sharing.ts';

/**
 * Functions: the key of their environment variables. Lambda decrypts these by a grant of the function's own
 * execution role; who invokes needs no key. Who reads them needs a customer managed key, with its own permission;
 * the code comes without it (Lambda developer guide, "Securing Lambda environment variables", read 2026-11-28).
 */
export const lambda: ResourceService = {
  service: 'lambda',
  calls: ['lambda:ListFunctions', 'lambda:GetPolicy'],
  viaService: 'lambda',
  defaultAlias: 'alias/aws/lambda',
  checkedAgainst: 'service',
  grammar: lambdaGrammar,
  operations: [
    {
      name: 'invoke',
      access: 'write',
      actions: oneOf('lambda', 'InvokeFunction InvokeFunctionUrl InvokeAsync'),
      checkedAgainst: 'service',
      keyActions: [],
    },
    {
      name: 'read the code',
      access: 'read',
      actions: oneOf('lambda', 'GetFunction'),
      checkedAgainst: 'none',
      keyActions: [],
    },
    {
      name: 'read environment variables',
      access: 'read',
      actions: oneOf('lambda', 'GetFunction GetFunctionConfiguration ListVersionsByFunction'),
      checkedAgainst: 'caller',
      keyActions: ['kms:Decrypt'],
    },
  ],
  encryptionContext: (arn) => ({ 'aws:lambda:FunctionArn': arn }),
  caveat:
    'policies of its versions and aliases, which may let others in, and a key of its code package (SourceKMSKeyArn) are not read',

  async *list(access, scope) {
    const reads = lambdaReads(access);
    for await (const functions of reads.functions()) {
      yield functions.map(({ arn, kmsKeyArn }) => async () => {
        const sharing = await readSharing(reads.policy(arn), byPolicy);
        const encryption = known(functionEncryption(kmsKeyArn));
        return sharing && { scope, resourceType: 'function', arn, encryption, sharing };
      });
    }
  },
};

/** Without a key AWS says only that it owns or manages the one in use. */
export const functionEncryption = (kmsKeyArn: string | null): ResourceEncryption => ({
  state: kmsKeyArn === null ? 'aws_owned_or_managed' : 'kms',
  key: kmsKeyArn,
});
