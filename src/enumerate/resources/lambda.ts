import { known } from '../../aws/fact.ts';
import { lambdaReads } from '../../aws/lambda.ts';
import { lambdaGrammar } from '../../posture/resource/lambda-grammar.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import type { ResourceService } from './service.ts';
import { byPolicy, readSharing } from './sharing.ts';

/**
 * Functions: the key of their environment variables. Lambda decrypts these by a grant of the function's own
 * execution role; who invokes needs no key (Lambda developer guide, "Securing environment variables", read
 * 2026-11-24).
 */
export const lambda: ResourceService = {
  service: 'lambda',
  calls: ['lambda:ListFunctions', 'lambda:GetPolicy'],
  viaService: 'lambda',
  defaultAlias: 'alias/aws/lambda',
  checkedAgainst: 'service',
  grammar: lambdaGrammar,
  operations: [
    { name: 'invoke', actions: ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'], keyActions: [] },
  ],
  encryptionContext: (arn) => ({ 'aws:lambda:FunctionArn': arn }),
  caveat: 'policies of versions and aliases are not read',

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
