import { apiCalls } from '../../aws/api-calls.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import { collect } from '../../aws/paging.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** GetDataCatalogEncryptionSettings. */
export interface CatalogSettings {
  /** `DISABLED`, `SSE-KMS`, `SSE-KMS-WITH-SERVICE-ROLE`. */
  readonly mode: string;
  /** As its owner wrote it; null: none. */
  readonly kmsKeyId: string | null;
  /** Whether passwords of connections are encrypted by a key of theirs, and by which; null: not answered. */
  readonly passwords: { readonly encrypted: boolean; readonly kmsKeyId: string | null } | null;
}

/** Glue as seen from one scope. Rejects with AwsError only. */
export interface GlueReads {
  settings(): Promise<CatalogSettings>;
  /** JSON texts of the policies that AWS RAM made, and of the catalog's own. */
  policies(): Promise<readonly string[]>;
  /** The JSON text of the catalog's own; null: it has none. */
  catalogPolicy(): Promise<string | null>;
}

export const glueApi = {
  signingName: 'glue',
  endpoint: { prefix: 'glue', serviceId: 'Glue' },
  protocol: awsJson('1.1', 'AWSGlue'),
};

/** Most that AWS gives in one page (Glue API reference, 2026-11-29). */
const MaxResults = 1000;

export function glueReads(access: ScopeAccess): GlueReads {
  const { call, find, list } = apiCalls(access, glueApi);
  return {
    settings: () =>
      call('glue:GetDataCatalogEncryptionSettings', {}, (answer) => {
        const settings = answer.requiredObject('DataCatalogEncryptionSettings');
        const atRest = settings.requiredObject('EncryptionAtRest');
        const passwords = settings.object('ConnectionPasswordEncryption');
        return {
          mode: atRest.requiredText('CatalogEncryptionMode'),
          kmsKeyId: atRest.text('SseAwsKmsKeyId') || null,
          passwords: passwords && {
            encrypted: passwords.requiredBoolean('ReturnConnectionPasswordEncrypted'),
            kmsKeyId: passwords.text('AwsKmsKeyId') || null,
          },
        };
      }),

    policies: () =>
      collect(
        list(
          'glue:GetResourcePolicies',
          (text) => text,
          (NextToken) => ({ MaxResults, NextToken }),
          (answer) => ({
            items: answer
              .requiredObjects('GetResourcePoliciesResponseList')
              .map((policy) => policy.requiredText('PolicyInJson')),
            next: answer.text('NextToken'),
          }),
        ),
      ),

    catalogPolicy: () =>
      find('glue:GetResourcePolicy', 'EntityNotFoundException', {}, (answer) =>
        answer.requiredText('PolicyInJson'),
      ),
  };
}
