import { type AwsError, isFailedRead } from './error.ts';

/**
 * What is known about one thing. "Denied", "absent" and "does not apply" are three different answers, and
 * none of them is a default value:
 * - `known`: AWS answered; `value` may itself say "there is none".
 * - `unread`: the read was made and failed, or could not be made; `error` says why.
 * - `not_applicable`: this kind of resource has no such thing; no call was made.
 * - `not_asked`: no selected table needs it, or the spec turned it off; no call was made.
 */
export type Fact<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'unread'; readonly error: AwsError }
  | { readonly state: 'not_applicable' }
  | { readonly state: 'not_asked' };

export const known = <T>(value: T): Fact<T> => ({ state: 'known', value });
export const unread = (error: AwsError): Fact<never> => ({ state: 'unread', error });
export const notApplicable: Fact<never> = { state: 'not_applicable' };
export const notAsked: Fact<never> = { state: 'not_asked' };

/** The value, or null for every way of not having one. */
export function valueOrNull<T>(fact: Fact<T>): T | null {
  return fact.state === 'known' ? fact.value : null;
}

/** What came of a read. @throws what is no answer of AWS, and what was stopped */
export async function readFact<T>(reading: Promise<T>): Promise<Fact<T>> {
  try {
    return known(await reading);
  } catch (error) {
    if (isFailedRead(error)) return unread(error);
    throw error;
  }
}
