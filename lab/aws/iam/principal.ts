import { list, type PrincipalElement } from './policy.ts';
import type { Reading } from './readings.ts';
import type { Caller, Identity } from './request.ts';

/** Whether a Principal names the caller. A unique id (`AROA…`) in a policy is what is left of a deleted principal. */
export function names(element: PrincipalElement, caller: Caller, reading: Reading): boolean {
  if (element === '*') return true;
  return Object.entries(element).some(([type, values]) =>
    list(values).some((value) => {
      if (type === 'Service') return caller.kind === 'service' && caller.name === value;
      if (type !== 'AWS') return false;
      if (value === '*') return caller.kind !== 'service' || reading.awsStarNamesServices;
      return isIdentity(caller) && (accountOf(value) === caller.account || isItself(value, caller));
    }),
  );
}

/** Whether a NotPrincipal spares the caller. */
export function spares(element: PrincipalElement, caller: Caller, reading: Reading): boolean {
  if (reading.notPrincipal === 'complement' || element === '*' || !isIdentity(caller))
    return names(element, caller, reading);
  const listed = list(element.AWS);
  if (listed.includes('*')) return true;
  const account = listed.some((value) => accountOf(value) === caller.account);
  const itself = caller.kind === 'root' || listed.includes(caller.arn);
  const session = caller.session === null || listed.includes(caller.session);
  return account && itself && session;
}

const isIdentity = (caller: Caller): caller is Identity =>
  caller.kind !== 'service' && caller.kind !== 'anonymous';

/** The account that a principal stands for as a whole: `111122223333` or `…:root`. */
export function accountOf(value: string): string | null {
  if (/^\d{12}$/.test(value)) return value;
  return /^arn:aws:iam::(\d{12}):root$/.exec(value)?.[1] ?? null;
}

const isItself = (value: string, { arn, session, kind }: Identity): boolean =>
  kind !== 'root' && (value === arn || value === session);
