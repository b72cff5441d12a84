import { valueOrNull } from '../aws/fact.ts';
import { readKeyReference } from '../posture/key-reference.ts';
import type { ResourceEncryption } from '../posture/resource/resource-facts.ts';
import type { ResourcePosture } from '../posture/resource/verdict.ts';
import { keyNotKnown, type ResolvedKey, type ResourceKeys, withoutKey } from '../posture/resource-key.ts';
import type { FoundResource } from '../services/service.ts';
import type { KeyDepth, KeyResolver } from './key-resolver.ts';
import type { NamedKeys } from './named-keys.ts';

/** Looked up, wherever they live. */
export async function keysOfResource(posture: ResourcePosture, resolver: KeyResolver): Promise<ResourceKeys> {
  const { facts, rules } = posture;
  const depth = depthOf(posture);
  const encryption = valueOrNull(facts.encryption);
  const resolve = (key: string | null) =>
    resolver.resolve(readKeyReference(key, rules.defaultAlias), facts.scope, depth);
  const [resolved, associated, further] = await Promise.all([
    keyOf(encryption, resolve),
    Promise.all((encryption?.associatedKeys ?? []).map(resolve)),
    Promise.all(
      (encryption?.furtherKeys ?? []).map((one) =>
        Promise.all([one.key, ...one.associatedKeys].map(resolve)),
      ),
    ),
  ]);
  return { resolved, associated, further };
}

/** Whom a key admits matters only where somebody is let in whose permission on it is checked. */
const depthOf = ({ admitted }: ResourcePosture): KeyDepth =>
  admitted.some(({ operation }) => operation.checkedAgainst === 'caller') ? 'access' : 'identity';

function keyOf(
  encryption: ResourceEncryption | null,
  resolve: (key: string | null) => Promise<ResolvedKey>,
): Promise<ResolvedKey> | ResolvedKey {
  switch (encryption?.state) {
    case 'aws_owned':
      return withoutKey('aws_owned');
    case 'none':
      return withoutKey(null);
    case 'aws_owned_or_managed':
      return keyNotKnown('AWS does not say whether it owns or manages the key');
    case 'kms':
      return resolve(encryption.key);
    default:
      return keyNotKnown('the encryption could not be read');
  }
}

/** Keys of other accounts that a resource names are a table of their own. */
export function nameKeys(
  named: NamedKeys,
  { rules, facts }: FoundResource,
  { resolved: key, associated, further }: ResourceKeys,
): void {
  const { scope, resourceType, arn, encryption, parts } = facts;
  if (encryption.state === 'unread') named.failed(scope, encryption.error);
  const written = valueOrNull(encryption);
  if (written?.state === 'unknown' || parts?.state === 'unread') named.notTold(scope);
  const keys = [
    { resolved: key, written: written?.key ?? null },
    ...associated.map((resolved, i) => ({ resolved, written: written?.associatedKeys?.[i] ?? null })),
    ...further.flatMap((choices, part) => {
      const names = written?.furtherKeys?.[part];
      return choices.map((resolved, i) => ({
        resolved,
        written: (i === 0 ? names?.key : names?.associatedKeys[i - 1]) ?? null,
      }));
    }),
  ];
  named.found(scope, keys, { service: rules.service, resourceType, arn });
}
