import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * What an account prefers for sessions with its nodes, in each region: data between both ends under a key, in addition to
 * TLS. "Both the users who start sessions and the managed nodes that they connect to must have permission to use the key"
 * ("Turn on KMS key encryption of session data" of the Systems Manager user guide, read 2026-11-30): without it there is no
 * session.
 */
export const sessionManagerRules = {
  service: 'session-manager',
  byDefault: false,
  title: 'Session Manager preferences that name a key',
  resourceTypes: { session_preferences: 'of Session Manager: what encrypts sessions, not their logs' },
  calls: { 'ssm:GetDocument': null },
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'at_once',
  viaService: 'ssm',
  // Without a key, TLS alone encrypts.
  defaultAlias: null,
  checkedAgainst: 'caller',
  grammar: noPolicyGrammar('ssm'),
  operations: [],
  // Nobody else's use of the key is judged.
  encryptionContext: () => ({}),
  caveat: 'sessions that name another document than the account’s preferences go by that one',
} as const satisfies SortRules;

/** @param key as it was written; what a parameter stands for (`{{ … }}`) is not known */
export const sessionEncryption = (key: string): ResourceEncryption => ({
  state: key.includes('{{') ? 'unknown' : 'kms',
  key,
});
