import { type Condition, isPlain } from '../policy/condition.ts';
import { arnPattern, likePattern } from '../policy/pattern.ts';
import { type Admission, fixedAccount } from './admission.ts';

/**
 * Condition keys that tell who calls by something else than an account, an organization or the principal's ARN
 * (IAM user guide, "Global condition context keys"; service authorization references; read 2026-11-28).
 */
const keys: Readonly<Record<string, (value: string) => Named>> = {
  'aws:userid': byUserId,
  'aws:federatedprovider': byArn,
  'codebuild:projectarn': byArn,
  'ec2:sourceinstancearn': byArn,
  'identitystore:identitystorearn': byArn,
  'identitystore:userid': byId,
  'lambda:sourcefunctionarn': byArn,
  'ssm:sourceinstancearn': byArn,
  'cognito-identity.amazonaws.com:aud': byId,
  'cognito-identity.amazonaws.com:sub': byId,
};

/** An account, somebody of an account that nobody can tell (`unique_id`), or nothing that fixes who it is. */
type Named = { readonly account: string } | 'unique_id' | 'open';

const readerOf = (id: string): ((value: string) => Named) | undefined =>
  Object.hasOwn(keys, id) ? keys[id] : undefined;

/** Whether a key (lower case) tells who calls by such an id. */
export const tellsIdentity = (id: string): boolean => readerOf(id) !== undefined;

/**
 * `AROA…:session`, `AIDA…` (whose account that is, AWS tells nobody else), `111122223333` (a root user),
 * `111122223333:name` (a federated user). What begins with a wildcard anyone can have: session names are free.
 */
function byUserId(value: string): Named {
  const account = /^(\d{12})(?::|$)/.exec(value)?.[1];
  if (account !== undefined) return { account };
  return /^A[A-Z]{3}[A-Z0-9]{12,}/.test(value) ? 'unique_id' : 'open';
}

function byArn(value: string): Named {
  const account = fixedAccount(arnPattern(value) ?? likePattern(value));
  return account === null ? 'open' : { account };
}

function byId(value: string): Named {
  return /^[^*?$]/.test(value) ? 'unique_id' : 'open';
}

/** A condition on such a key, by its values: those that fix an account, and the rest; null for none. */
export interface NamedAccounts {
  readonly byAccount: Condition | null;
  readonly accounts: readonly string[];
  readonly rest: Condition | null;
}

/** Null for other keys, and for conditions that leave out rather than let in or that may be void. */
export function accountsNamedBy(condition: Condition): NamedAccounts | null {
  const { id, values } = condition;
  const read = readerOf(id);
  if (read === undefined || !isPlain(condition)) return null;
  const named = values.map((value) => ({ value, by: read(value) }));
  const accounts = named.flatMap(({ by }) => (typeof by === 'object' ? [by.account] : []));
  const part = (accept: (by: Named) => boolean): Condition | null => {
    const kept = named.filter(({ by }) => accept(by)).map(({ value }) => value);
    if (kept.length === 0) return null;
    return kept.length === values.length ? condition : { ...condition, values: kept };
  };
  return {
    byAccount: part((by) => typeof by === 'object'),
    accounts: [...new Set(accounts)].sort(),
    rest: part((by) => typeof by !== 'object'),
  };
}

/** Whether conditions that are left over pin the callers to somebody whom nobody can name. */
export const isByUniqueId = ({ leftover }: Admission): boolean => leftover.some(namesUniqueId);

/** `aws:userid AROA…:*`: by what they are pinned. */
export const uniqueIdText = ({ leftover }: Admission): string =>
  leftover
    .filter(namesUniqueId)
    .map(({ key, values }) => `${key} ${values.join(', ')}`)
    .join(' and ');

function namesUniqueId(condition: Condition): boolean {
  const read = readerOf(condition.id);
  return (
    read !== undefined &&
    isPlain(condition) &&
    condition.values.length > 0 &&
    condition.values.every((value) => read(value) === 'unique_id')
  );
}
