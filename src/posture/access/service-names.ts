import { conjuncts } from '../policy/pattern.ts';
import type { Admission } from './admission.ts';

/**
 * The service principals that an admission of services lets in, as patterns; null for any. A policy that names `*`
 * and fixes aws:SourceArn means the service of that resource: SNS delivers for `arn:aws:sns:…` as
 * `sns.amazonaws.com`.
 */
export function serviceNames({ services, arns }: Admission): readonly string[] | null {
  if (services.only !== null) return services.only;
  const names = arns.only?.map(ownerOf) ?? [];
  const found = names.filter((name) => name !== null);
  return names.length === 0 || found.length < names.length ? null : [...new Set(found)].sort();
}

/** `sns.amazonaws.com` of a pattern of SNS's ARNs; null when it leaves the service open. */
function ownerOf(pattern: string): string | null {
  for (const part of conjuncts(pattern)) {
    const service = /^arn:[a-z-]+:([a-z0-9-]+):/.exec(part)?.[1];
    if (service !== undefined) return `${service}.amazonaws.com`;
  }
  return null;
}
