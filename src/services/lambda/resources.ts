import { known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { oneOf } from '../../posture/resource/rules.ts';
import type { FoundResource, ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { lambdaReads } from './calls.ts';
import { lambdaGrammar } from './grammar.ts';

/**
 * Functions: the key of their environment variables. Lambda decrypts these by a grant of the function's own
 * execution role; who invokes needs no key. Who reads them needs a customer managed key, with its own permission;
 * the code comes without it (Lambda developer guide, "Securing Lambda environment variables", read 2026-11-28).
 */
export const lambda: ResourceService = {
  service: 'lambda',
  calls: ['lambda:ListFunctions', 'lambda:ListAliases', 'lambda:GetPolicy'],
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
  // Of an alias: the function's.
  encryptionContext: (arn) => ({ 'aws:lambda:FunctionArn': arn.split(':', 7).join(':') }),
  caveat:
    'policies of versions, which may let others in, and a key of the code package (SourceKMSKeyArn) are not read',

  async *list(access, scope) {
    const reads = lambdaReads(access);
    for await (const functions of reads.functions()) {
      yield functions.map(({ arn, kmsKeyArn }) => async () => {
        const sharing = await readSharing(reads.policy(arn), byPolicy);
        if (sharing === null) return null;
        const encryption = known(functionEncryption(kmsKeyArn));
        const parts = await readFact(reads.aliases(arn));
        const itself = { scope, resourceType: 'function', arn, encryption, sharing, parts };
        if (parts.state === 'unread' && parts.error.reason === 'not_found') return null;
        const found: FoundResource[] = [{ rules: lambda, facts: itself }];
        // An alias has a policy of its own beside the function's (GetPolicy, botocore 1.44.8, read 2026-11-28).
        for (const alias of valueOrNull(parts) ?? []) {
          const ofAlias = await readSharing(reads.policy(alias), byPolicy);
          if (ofAlias === null) continue;
          const facts = { scope, resourceType: 'alias', arn: alias, encryption, sharing: ofAlias };
          found.push({ rules: lambda, facts });
        }
        return found;
      });
    }
  },
};

/** Without a key AWS says only that it owns or manages the one in use. */
export const functionEncryption = (kmsKeyArn: string | null): ResourceEncryption => ({
  state: kmsKeyArn === null ? 'aws_owned_or_managed' : 'kms',
  key: kmsKeyArn,
});
