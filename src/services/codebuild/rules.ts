import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byNobody, doingElse } from '../../posture/resource/rules.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import type { Project } from './calls.ts';
import { codeBuildGrammar } from './grammar.ts';

/**
 * Projects. What builds put out is encrypted by the project's own role, with `aws/s3` where no key is named (API
 * reference, "Project", read 2026-11-29). Whoever a project is shared with sees it and its builds, never what they put
 * out, so that no operation of others needs the key. Without it builds fail when they upload; what was put out before
 * cannot be read.
 */
export const codeBuildRules = {
  service: 'codebuild',
  // Sharing lets nobody in to what the key protects.
  byDefault: false,
  title: 'AWS CodeBuild projects',
  resourceTypes: { project: null },
  calls: {
    'codebuild:ListProjects': null,
    'codebuild:BatchGetProjects': null,
    'codebuild:GetResourcePolicy': null,
  },
  encryptionCalls: ['codebuild:BatchGetProjects'],
  sharedBy: 'policy',
  coveredByRcps: true,
  whenKeyIsLost: 'at_once',
  viaService: 's3',
  defaultAlias: 'alias/aws/s3',
  checkedAgainst: 'service',
  grammar: codeBuildGrammar,
  alsoSharedByRam: true,
  operations: [
    {
      ...doingElse('see it and its builds', null, byNobody),
      readerCalls: readerCalls('codebuild', 'BatchGetProjects'),
    },
  ],
  // No caller's permission is checked, so that no policy can ask for it.
  encryptionContext: () => ({}),
  caveat:
    'public builds (projectVisibility) are not read, nor whether secondary artifacts, logs and caches are encrypted',
} as const satisfies SortRules;

/** Absent, the key is the AWS managed one of S3 (API reference, "Project", read 2026-11-29). */
export function projectEncryption({ key, isOff }: Pick<Project, 'key' | 'isOff'>): ResourceEncryption {
  return isOff ? { state: 'none', key: null } : { state: 'kms', key };
}
