const hidden = '(hidden)';

/**
 * A policy's JSON value as it may be told: whoever knows the external id of a role, and may act for the one that the role
 * trusts, can assume it. All values under `sts:ExternalId` are replaced, wherever they stand.
 */
export function withoutExternalIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExternalIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name.toLowerCase() === 'sts:externalid' ? hide(inner) : withoutExternalIds(inner),
    ]),
  );
}

/** The form stays: how many values there are tells nothing. */
const hide = (value: unknown): unknown => (Array.isArray(value) ? value.map(() => hidden) : hidden);
