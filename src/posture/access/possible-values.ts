import { isAccountId } from '../../aws/arn.ts';
import { arnPattern, likePattern, overlaps } from '../policy/pattern.ts';
import type { ValueKind } from './property.ts';

/**
 * The forms of aws:PrincipalArn: of a role's session it is the role, never `…:assumed-role/…` (IAM user guide,
 * "aws:PrincipalArn", read 2026-11-28).
 */
const principalArns = [
  'arn:*:iam::????????????:root',
  'arn:*:iam::????????????:user/*',
  'arn:*:iam::????????????:role/*',
  'arn:*:sts::????????????:federated-user/*',
].map((text) => arnPattern(text) ?? likePattern(text));

/** Whether some principal's ARN can match a pattern. */
export const isPrincipalArn = (pattern: string): boolean =>
  principalArns.some((form) => overlaps(form, pattern));

/** Names of roles and users have no wildcards in them; their paths may (IAM API reference, CreateRole). */
const lastName = /[^/]*$/;

/** Whether a key can ever have just this text as its value: `*` of StringEquals is the character. */
export function canOccur(text: string, kind: ValueKind, id: string): boolean {
  switch (kind) {
    case 'account':
      return isAccountId(text);
    case 'organization':
      return /^o-[\w-]+$/.test(text);
    case 'path':
      return !/[*?]/.test(text);
    case 'service':
      return /^[\w.-]+$/.test(text);
    case 'arn':
      return id !== 'aws:principalarn' || !/[*?]/.test(lastName.exec(text)?.[0] ?? '');
    default:
      return true;
  }
}
