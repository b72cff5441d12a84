import { type Input, InvalidInput } from './wire.ts';

/** The string at `name`, or undefined when it is not there. */
export function text(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** The string at `name`; refused when it is not there. */
export function requiredText(input: Input, name: string): string {
  const value = text(input, name);
  if (value === undefined) throw missingInput(name);
  return value;
}

export function missingInput(name: string): InvalidInput {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return new InvalidInput(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** The whole number at `name` (the query protocols send it as text), or undefined. */
export function integer(input: Input, name: string): number | undefined {
  const value = input[name];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The page size asked for, or AWS's default; refused beyond AWS's limit. */
export function pageSize(input: Input, name: string, limits: { max: number; default: number }): number {
  const asked = integer(input, name);
  if (asked === undefined) return limits.default;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const refuse = (constraint: string) =>
    new InvalidInput(
      `1 validation error detected: Value '${asked}' at '${member}' failed to satisfy constraint: Member must have value ${constraint}`,
    );
  if (asked < 1) throw refuse('greater than or equal to 1');
  if (asked > limits.max) throw refuse(`less than or equal to ${limits.max}`);
  return asked;
}
