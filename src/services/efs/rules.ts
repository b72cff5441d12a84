import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { allOf, byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import { lostAlike } from '../key-loss.ts';
import type { SortRules } from '../sort-rules.ts';
import { efsGrammar } from './grammar.ts';

/**
 * File systems. EFS uses the key by a grant to itself; clients need none. An encrypted file system always names its
 * key, `aws/elasticfilesystem` included (EFS user guide, "Encrypting data at rest", read 2026-11-24). Under a key that is
 * disabled or deleted, file systems "stop working after a period of time", and if EFS's grant is revoked, "the behavior is
 * the same"; "disabling and revoking access for Amazon EFS to your keys are reversible actions" ("Managing KMS keys for EFS
 * file systems", read 2026-11-30). How long that period is, it does not say.
 */
export const efsRules = {
  service: 'elasticfilesystem',
  byDefault: true,
  title: 'File systems of Amazon EFS',
  resourceTypes: { file_system: null },
  calls: {
    'elasticfilesystem:DescribeFileSystems': null,
    'elasticfilesystem:DescribeFileSystemPolicy': null,
  },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: lostAlike(
    'within_hours',
    null,
    'A mounted file system goes on for a time of which AWS does not say how long it is, and then stops working.',
  ),
  viaService: 'elasticfilesystem',
  defaultAlias: 'alias/aws/elasticfilesystem',
  checkedAgainst: 'service',
  grammar: efsGrammar,
  // Nobody writes who cannot mount (EFS user guide, "Using IAM to control access to file systems", read 2026-11-28).
  operations: [
    reading('mount', oneOf('elasticfilesystem', 'ClientMount'), byService),
    writing('write', allOf('elasticfilesystem', 'ClientMount ClientWrite'), byService),
  ],
  encryptionContext: (arn) => ({
    'aws:elasticfilesystem:filesystem:id': arn.slice(arn.lastIndexOf('/') + 1),
  }),
  caveat: 'who reaches its mount targets by network is not read',
  // EFS user guide, "Default EFS file system policy", read 2026-11-28.
  withoutPolicy:
    'it has no file system policy, and then every client that reaches a mount target has full access',
} as const satisfies SortRules;

interface FileSystemKey {
  /** Null when not answered. */
  readonly encrypted: boolean | null;
  readonly kmsKeyId: string | null;
}

export function fileSystemEncryption({ encrypted, kmsKeyId }: FileSystemKey): ResourceEncryption {
  if (encrypted === null) return { state: 'unknown', key: kmsKeyId };
  if (!encrypted) return { state: 'none', key: null };
  return { state: kmsKeyId === null ? 'unknown' : 'kms', key: kmsKeyId };
}
