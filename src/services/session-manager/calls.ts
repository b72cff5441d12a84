import { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { ssmApi } from '../ssm/calls.ts';

/** The document that holds an account's preferences in a region ("Session document schema" of the user guide). */
export const preferencesDocument = 'SSM-SessionManagerRunShell';

/**
 * The key of sessions by the account's preferences, as it was written; null: they name none, or were never made. Rejects
 * with AwsError only.
 */
export function keyOfSessions(access: ScopeAccess): Promise<string | null> {
  const { find } = apiCalls(access, ssmApi);
  return find(
    'ssm:GetDocument',
    // "The specified SSM document doesn't exist" (botocore 1.43.106, read 2026-11-30).
    'InvalidDocument',
    { Name: preferencesDocument, DocumentFormat: 'JSON' },
    (answer, site) => {
      const preferences = new Fields(JSON.parse(answer.requiredText('Content')), site);
      return preferences.object('inputs')?.text('kmsKeyId') || null;
    },
  );
}
