import { isFailedRead } from '../../aws/error.ts';
import { known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import type { FoundResource, ReadResource, ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { type LambdaReads, lambdaReads } from './calls.ts';
import { aliasEncryption, functionEncryption, lambdaRules } from './rules.ts';

const latest = '$LATEST';

/** How the versions of a function are encrypted. */
type Versions = Map<string, ResourceEncryption>;

export const lambda: ResourceService = {
  rules: lambdaRules,

  async *list(access, scope) {
    const reads = lambdaReads(access);
    const functions = new Map<string, Versions>();
    const failures: unknown[] = [];
    // Nothing says that the versions of a function come together, and its aliases need them.
    try {
      for await (const page of reads.functions())
        for (const { arn, version, kmsKeyArn } of page) {
          const versions: Versions = functions.get(arn) ?? new Map();
          functions.set(arn, versions.set(version, functionEncryption(kmsKeyArn)));
        }
    } catch (error) {
      if (!isFailedRead(error)) throw error;
      failures.push(error);
    }
    yield [...functions].flatMap(([arn, versions]) => [
      ...(versions.has(latest) ? [functionReader(reads, scope, arn, versions)] : []),
      ...[...versions]
        .filter(([version]) => version !== latest)
        .map(([version, encryption]) => versionReader(reads, scope, `${arn}:${version}`, encryption)),
    ]);
    if (failures.length > 0) throw failures[0];
  },
};

/** The function itself, and its aliases. */
function functionReader(reads: LambdaReads, scope: Scope, arn: string, versions: Versions): ReadResource {
  return async () => {
    const sharing = await readSharing(reads.policy(arn), byPolicy);
    if (sharing === null) return null;
    const encryption = known(versions.get(latest) ?? functionEncryption(null));
    const parts = await readFact(reads.aliases(arn));
    const itself = { scope, resourceType: 'function', arn, encryption, sharing, parts };
    if (parts.state === 'unread' && parts.error.reason === 'not_found') return null;
    const found: FoundResource[] = [{ rules: lambdaRules, facts: itself }];
    // An alias has a policy of its own beside the function's (GetPolicy, botocore 1.44.8, read 2026-11-28).
    for (const alias of valueOrNull(parts) ?? []) {
      const ofAlias = await readSharing(reads.policy(alias.arn), byPolicy);
      if (ofAlias === null) continue;
      const ofVersions = known(aliasEncryption(alias.versions.map((version) => versions.get(version))));
      const facts = {
        scope,
        resourceType: 'alias',
        arn: alias.arn,
        encryption: ofVersions,
        sharing: ofAlias,
      };
      found.push({ rules: lambdaRules, facts });
    }
    return found;
  };
}

/** Functions may have hundreds: one that names no key and lets nobody in has no row. */
function versionReader(
  reads: LambdaReads,
  scope: Scope,
  arn: string,
  encryption: ResourceEncryption,
): ReadResource {
  return async () => {
    const sharing = await readSharing(reads.policy(arn), byPolicy);
    if (sharing === null) return null;
    const shared = valueOrNull(sharing);
    const hasNone = shared?.by === 'policy' && shared.policy === null;
    if (hasNone && encryption.key === null) return null;
    return { scope, resourceType: 'version', arn, encryption: known(encryption), sharing };
  };
}
