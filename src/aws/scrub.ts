/**
 * What AWS says is cut here; nothing that helps a user stands later. A denied call names its caller, the action and the
 * resource, and last the policy that denies it, by its ARN.
 */
const longest = 600;

const secrets: readonly RegExp[] = [
  // Access key ids, of users and of sessions.
  /\bA[KS]IA[A-Z0-9]{8,}\b/g,
  // `Credential=…`, `x-amz-security-token: …`, `Signature=…`, `ExternalId "…"`, `aws_secret_access_key = …`.
  /\b[\w-]*(?:token|signature|credential|secret|external[-_]?id|access[-_]?key(?:[-_]?id)?)\b["']?(?:\s*(?:=|:|is\b)\s*["']?|\s+["'])[^\s"',;)]+/gi,
  // Session tokens, encoded authorization messages, signatures: long runs of base64 or hex.
  /[A-Za-z0-9+/=_]{60,}/g,
];

/**
 * What AWS answered, fit for logs and rows: one line, short, nothing secret in it.
 * @param known secrets that the caller has at hand, such as the external id of the call
 */
export function scrub(text: string, known: readonly string[] = []): string {
  // A refused signature is explained by AWS with the whole signed request.
  let clean = (text.split(/The Canonical String for this request|\n/)[0] ?? '').trim();
  for (const secret of known) if (secret !== '') clean = clean.replaceAll(secret, '…');
  for (const pattern of secrets) clean = clean.replace(pattern, '…');
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
