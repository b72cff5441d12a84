import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import type { SearchDomain } from './calls.ts';
import { openSearchGrammar } from './grammar.ts';

/**
 * Domains. OpenSearch Service uses the key by grants to itself, and who searches needs none. Under a key that is
 * disabled or deleted, "the domain becomes inaccessible" (OpenSearch Service developer guide, "Encryption of data at
 * rest", read 2026-11-29). Once the key "has been disabled", it is re-enabled "to restore the domain to normal operations"
 * (KMSKeyError); where it "has been deleted or revoked its grants", "you can't recover domains that are in this state"
 * (KMSKeyInaccessible; "Cluster metrics", the same guide, read 2026-11-30). Whether RCPs reach `es` actions is doubtful: the list of services names `opensearch`.
 */
export const openSearchRules = {
  service: 'es',
  byDefault: true,
  title: 'Amazon OpenSearch Service domains',
  resourceTypes: { domain: 'of OpenSearch Service, of Elasticsearch, too' },
  calls: { 'es:ListDomainNames': null, 'es:DescribeDomain': null },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'at_once',
      recoverableDays: null,
      why: 'The domain is inaccessible until the key is enabled again.',
    },
    key_deleted: 'at_once',
    grant_revoked: {
      breaks: 'at_once',
      recoverableDays: 0,
      why: 'A domain whose grants are revoked cannot be recovered, but from a manual snapshot.',
    },
  },
  viaService: 'es',
  defaultAlias: 'alias/aws/es',
  checkedAgainst: 'service',
  grammar: openSearchGrammar,
  operations: [
    reading('search', oneOf('es', 'ESHttpGet ESHttpPost'), byService),
    writing('index', oneOf('es', 'ESHttpPost ESHttpPut ESHttpPatch ESHttpDelete'), byService),
    reading('search from another domain', oneOf('es', 'ESCrossClusterGet'), byService),
  ],
  encryptionContext: () => ({}),
  caveat:
    'whom fine-grained access control or the network of its VPC keeps out is not read, nor its own users and VPC endpoints of other accounts; whether resource control policies hold for it, AWS does not say',
} as const satisfies SortRules;

/** Encryption without a key of the user's is by one that AWS owns or manages (the same page). */
export function domainEncryption({ enabled, kmsKeyId }: SearchDomain['encryption']): ResourceEncryption {
  if (enabled === null) return { state: 'unknown', key: kmsKeyId };
  if (!enabled) return { state: 'none', key: null };
  return { state: kmsKeyId === null ? 'aws_owned_or_managed' : 'kms', key: kmsKeyId };
}
