/** Every value that is the given one with one part less: an element of a list, or a property of `removable`. */
function* smaller(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    if (value.length > 1 || typeof value[0] !== 'string')
      for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, element] of value.entries())
      for (const less of smaller(element)) yield value.with(index, less);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, element] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      if (removable.test(key)) yield rest;
      for (const less of smaller(element)) yield { ...value, [key]: less };
      if (key === 'ram' && element !== null) yield { ...value, ram: null };
    }
  }
}

/** Condition blocks, operators and keys in them, constraints and types of principals may go; what ARNs name stays. */
const removable = /^(Condition|Constraints|(?!arn:).*:.*|(String|Arn|Bool|Null|Ip|NotIp).*)$/;

/** The smallest value that still fails, taking away one part at a time. */
export function shrunk<T>(value: T, fails: (value: T) => boolean): T {
  for (const less of smaller(value)) if (fails(less as T)) return shrunk(less as T, fails);
  return value;
}
