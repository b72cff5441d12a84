import { apiCalls } from '../../aws/api-calls.ts';
import { AwsError } from '../../aws/error.ts';
import { restJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export const macieApi = {
  signingName: 'macie2',
  endpoint: { prefix: 'macie2', serviceId: 'Macie2' },
  protocol: restJson,
};

/**
 * The key under which Macie stores what it finds out about buckets, as it was set; null: it stores nothing, or the
 * account does not use Macie in the region. Rejects with AwsError only.
 */
export async function keyOfResults(access: ScopeAccess): Promise<string | null> {
  const { call } = apiCalls(access, macieApi);
  try {
    return await call(
      'macie2:GetClassificationExportConfiguration',
      { path: ['classification-export-configuration'] },
      (answer) => answer.object('configuration')?.object('s3Destination')?.requiredText('kmsKeyArn') ?? null,
    );
  } catch (error) {
    if (error instanceof AwsError && isNotInUse(error)) return null;
    throw error;
  }
}

/**
 * Where Macie is off, every call of it is denied, and only these words tell that from a call that IAM denies (AWS Support
 * in DataBiosphere/azul#5779; the words in mondoohq/mql#5988 and in the handlers of AWS::Macie::Session; read 2026-11-30).
 */
const isNotInUse = ({ reason, detail }: AwsError): boolean =>
  reason === 'access_denied' && /^Macie is not enabled\.?$/.test(detail);
