/**
 * Whether a policy names KMS anywhere: in an action (`kms:Decrypt`), a condition key (`kms:ViaService`) or an ARN.
 * A policy about all actions (`*`) names nothing. @param document its JSON value
 */
export function mentionsKms(document: unknown): boolean {
  if (typeof document === 'string') return /(?:^|[^a-z0-9])kms[:.]/i.test(document);
  if (Array.isArray(document)) return document.some(mentionsKms);
  if (typeof document !== 'object' || document === null) return false;
  return Object.entries(document).some(([name, value]) => mentionsKms(name) || mentionsKms(value));
}
