import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Virtual desktops, whose two volumes EBS encrypts under one key, each if it was so launched. WorkSpaces and EBS use the
 * key by grants, and EBS "keeps the plain text data key in memory for as long as the volume is attached"; "To reboot or
 * rebuild an encrypted WorkSpace, first make sure that the AWS KMS Key is enabled; otherwise, the WorkSpace becomes
 * unusable" (WorkSpaces administration guide, "Encrypted WorkSpaces in WorkSpaces Personal", read 2026-11-30).
 */
export const workSpaceRules = {
  service: 'workspaces',
  byDefault: false,
  title: 'Volumes of Amazon WorkSpaces, but for pools',
  resourceTypes: {
    root_volume: 'of a WorkSpace, by an ARN of its own',
    user_volume: 'of a WorkSpace, by an ARN of its own',
  },
  calls: { 'workspaces:DescribeWorkspaces': null },
  sharedBy: 'nothing',
  coveredByRcps: true,
  whenKeyIsLost: 'at_next_attach',
  viaService: 'workspaces',
  // A WorkSpace with an encrypted volume names its key, `aws/workspaces` included.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('workspaces'),
  operations: [],
  encryptionContext: () => ({ 'aws:workspaces:sid-directoryid': '*', 'aws:ebs:id': '*' }),
} as const satisfies SortRules;

/** Of a volume of which AWS does not say whether it is encrypted, or by what, nothing is known. */
export function volumeEncryption(isEncrypted: boolean | null, key: string | null): ResourceEncryption {
  if (isEncrypted === false) return { state: 'none', key: null };
  return { state: isEncrypted && key !== null ? 'kms' : 'unknown', key };
}
