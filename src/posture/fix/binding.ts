import type { RequestFacts } from '../access/admission.ts';
import { ANY_TEXT, conjuncts, covers, isLiteral, likePattern, written } from '../policy/pattern.ts';

/** Condition operator → key → values, as a statement has it. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What ties a permission on a key to one resource: through which service, and with which encryption context. */
export interface Binding {
  /** As a policy writes it, `*` allowed. */
  readonly viaService: string | null;
  /** Encryption context key → values as a policy writes them; never empty. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** A resource as its requests to KMS name it. */
export interface Bound {
  readonly arn: string;
  readonly accountId: string;
}

/**
 * How a request to the key tells the resource from all others under it; null: it does not. AWS documents no encryption
 * context, or none that has more of the resource than its account.
 */
export function bindingOf({ viaService, encryptionContext }: RequestFacts, resource: Bound): Binding | null {
  const context = Object.entries(encryptionContext).flatMap(([key, pattern]) => {
    const value = pattern === ANY_TEXT ? null : textOf(pattern, resource);
    return value === null ? [] : [[key, [value]] as const];
  });
  const tells = context.some(([, [value = '']]) => isOfResource(value, resource));
  if (!tells) return null;
  return {
    viaService: viaService === null ? null : written(viaService),
    context: Object.fromEntries(context),
  };
}

/**
 * A pattern as a policy writes it. What no policy can write (several patterns that hold together, a policy variable), or
 * what reaches beyond, is the whole resource: the key is open for more of it, and the resource's own policy still decides.
 */
function textOf(pattern: string, { arn }: Bound): string {
  const text = written(pattern);
  const isWhole = text === arn || text.startsWith(`${arn}/`) || text === `*${arn}`;
  const isPlain = conjuncts(pattern).length === 1 && !text.includes('${') && (isLiteral(pattern) || isWhole);
  return isPlain ? text : `${arn}/*`;
}

/** `<arn>*` may be another resource, whose name goes on. */
function isOfResource(value: string, { arn, accountId }: Bound): boolean {
  const text = value.replace(/^\*/, '').replace(/\/\*$/, '');
  return text.length > 1 && text !== accountId && (arn.includes(text) || text.startsWith(arn));
}

/** Two of the same service and context keys as one, where they differ in the values of one key only; null: they do not. */
export function joined(a: Binding, b: Binding): Binding | null {
  const keys = Object.keys(a.context);
  if (a.viaService !== b.viaService || keys.length !== 1 || keys.join() !== Object.keys(b.context).join())
    return null;
  const [key = ''] = keys;
  const values = [...new Set([...(a.context[key] ?? []), ...(b.context[key] ?? [])])].sort();
  const kept = values.filter(
    (value) => !values.some((other) => other !== value && covers(likePattern(other), likePattern(value))),
  );
  return { ...a, context: { [key]: kept } };
}

/** @param throughService false: the service calls as itself, and AWS does not say that it comes through itself */
export function conditionsOf({ viaService, context }: Binding, throughService: boolean): Conditions {
  const lines = Object.entries(context).map(([key, values]): readonly [string, readonly string[]] => [
    `kms:EncryptionContext:${key}`,
    values,
  ]);
  if (throughService && viaService !== null) lines.unshift(['kms:ViaService', [viaService]]);
  return together(lines.map(([key, values]) => [textOperator(values), key, values] as const));
}

/** Compares as it stands where no value has a wildcard. */
const textOperator = (values: readonly string[]): string =>
  values.some((value) => /[*?]/.test(value)) ? 'StringLike' : 'StringEquals';

/** Lines of a Condition block by their operators. */
export function together(
  lines: readonly (readonly [operator: string, key: string, values: readonly string[]])[],
): Conditions {
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, key, values] of lines) {
    const keys = block[operator] ?? {};
    block[operator] = keys;
    keys[key] = values;
  }
  return block;
}
