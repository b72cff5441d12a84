import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * "All Amazon Route 53 API actions combined (account level)", and each action by itself as well, as their buckets refill
 * ("Throttling for Amazon Route 53 API requests", Route 53 developer guide, read 2026-11-30).
 */
const perSecond = 10;

/**
 * Key-signing keys of public hosted zones: each is made of an asymmetric customer managed key, which "must be in the US
 * East (N. Virginia) Region", and whose policy must admit `dnssec-route53.amazonaws.com` ("Working with customer managed
 * keys for DNSSEC"). Route 53 is one for all regions of a partition, and asked in the first. Without the key its status
 * becomes ACTION_NEEDED; how long the zone goes on then, AWS does not say, but that such errors must be resolved quickly "to
 * help prevent a zone outage" ("Configuring DNSSEC signing in Amazon Route 53"; both of the Route 53 developer guide, read
 * 2026-11-30). A zone has no policy that lets other accounts in.
 */
export const signingKeyRules = {
  service: 'route53',
  byDefault: false,
  title: 'DNSSEC key-signing keys of Amazon Route 53, read with us-east-1',
  resourceTypes: {
    key_signing_key: 'of Route 53: its key signs, and encrypts nothing, by an ARN of ours',
    hosted_zone: 'of Route 53: only where its key-signing keys could not be read',
  },
  calls: { 'route53:ListHostedZones': perSecond, 'route53:GetDNSSEC': perSecond },
  // Other regions are not asked.
  whenEmpty: [],
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'route53',
  // It always names its key.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('route53'),
  operations: [],
  encryptionContext: () => ({}),
  caveat: 'its key signs the keys by which the zone is signed, and encrypts nothing',
} as const satisfies SortRules;
