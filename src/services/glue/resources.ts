import { type Fact, known, notAsked, readFact, valueOrNull } from '../../aws/fact.ts';
import type { ResourceSharing } from '../../posture/resource/resource-facts.ts';
import type { FoundResource, ResourceService } from '../service.ts';
import { byPolicy, notShareable } from '../sharing.ts';
import { type CatalogSettings, type GlueReads, glueReads } from './calls.ts';
import { policiesOfCatalog } from './policies.ts';
import {
  byRole,
  catalogEncryption,
  glueRules,
  passwordEncryption,
  passwordRules,
  roleRules,
} from './rules.ts';

export const glue: ResourceService = {
  rules: glueRules,

  async *list(access, scope, wanted) {
    const reads = glueReads(access);
    const policies = await readFact(reads.policies());
    // A region that cannot be reached may have no Glue, and no catalog.
    if (policies.state === 'unread' && policies.error.reason === 'connection') throw policies.error;
    const arn = `arn:${scope.partition}:glue:${scope.region}:${scope.accountId}:catalog`;
    yield [
      async () => {
        const settings = wanted === 'policy' ? notAsked : await readFact(reads.settings());
        const found = { scope, resourceType: 'data_catalog', arn };
        const encryption = ofKnown(settings, ({ mode, kmsKeyId }) => catalogEncryption(mode, kmsKeyId));
        const sharing = await sharingOf(policies, settings, reads, arn);
        const rules = valueOrNull(settings)?.mode === byRole ? roleRules : glueRules;
        return [{ rules, facts: { ...found, encryption, sharing } }, ...passwordsOf(settings, found)];
      },
    ];
  },
};

/**
 * "If you enabled metadata encryption …, and you do not have permission on the KMS key, the operation can't return the
 * Data Catalog resource policy" (GetResourcePolicies, @aws-sdk/client-glue 3.1169.0, read 2026-11-29): unless nothing
 * is encrypted, it is asked for by itself as well.
 */
async function sharingOf(
  policies: Fact<readonly string[]>,
  settings: Fact<CatalogSettings>,
  reads: GlueReads,
  arn: string,
): Promise<Fact<ResourceSharing>> {
  if (policies.state !== 'known') return policies;
  const isPlain = valueOrNull(settings)?.mode === 'DISABLED';
  const own = isPlain ? known(null) : await readFact(reads.catalogPolicy());
  return ofKnown(own, (text) => byPolicy(policiesOfCatalog([...policies.value, text], arn)));
}

/** No row where passwords have no key of their own. */
function passwordsOf(
  settings: Fact<CatalogSettings>,
  catalog: Pick<FoundResource['facts'], 'scope' | 'arn'>,
): readonly FoundResource[] {
  const passwords = valueOrNull(settings)?.passwords;
  if (!passwords?.encrypted) return [];
  const facts = {
    ...catalog,
    resourceType: 'connection_passwords',
    arn: `${catalog.arn}/connection-passwords`,
    encryption: known(passwordEncryption(passwords.kmsKeyId)),
    sharing: notShareable,
  };
  return [{ rules: passwordRules, facts }];
}

const ofKnown = <T, Made>(fact: Fact<T>, make: (value: T) => Made): Fact<Made> =>
  fact.state === 'known' ? known(make(fact.value)) : fact;
