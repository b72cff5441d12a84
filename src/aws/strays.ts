import { parseArn } from './arn.ts';
import { AwsError, type CallSite } from './error.ts';
import type { ScopeAccess } from './scope-access.ts';

const strayCode = 'foreign_entries';

/** Whether something that AWS names by its ARN is said to be of another account or region. */
export function isElsewhere(
  arn: string,
  { accountId, region }: Pick<CallSite, 'accountId' | 'region'>,
): boolean {
  const place = parseArn(arn);
  if (place === null) return false;
  const isOfRegion = place.region === '' || place.region === region;
  const isOfAccount = place.accountId === '' || accountId === null || place.accountId === accountId;
  return !(isOfRegion && isOfAccount);
}

/** A listing of things that have ARNs. */
interface Named<T> {
  readonly operation: string;
  /** In plural, for the error. */
  readonly what: string;
  readonly arn: (entry: T) => string;
}

/**
 * A listing without what is of another account or region. AWS never answers such entries: what does so (an emulator
 * that has only one region, a proxy) may know nothing of this place, and the listing fails once it is over.
 * @throws AwsError for which `isOfStrays` holds
 */
export const ofThisPlace = <T>(
  access: ScopeAccess,
  listing: AsyncIterable<readonly T[]>,
  named: Named<T>,
): AsyncGenerator<readonly T[]> =>
  only(access, listing, named, (arn) => !isElsewhere(arn, access), 'are of another account or region');

/**
 * A listing of what other accounts share with this one, in this region: one that does not know the question answers
 * the account's own things.
 * @throws as `ofThisPlace`
 */
export const ofOtherAccounts = <T>(
  access: ScopeAccess,
  listing: AsyncIterable<readonly T[]>,
  named: Named<T>,
): AsyncGenerator<readonly T[]> =>
  only(
    access,
    listing,
    named,
    (arn) => isOfAnother(arn, access),
    'are not of another account and this region',
  );

function isOfAnother(arn: string, { region, accountId }: ScopeAccess): boolean {
  const place = parseArn(arn);
  return place !== null && place.region === region && place.accountId !== accountId;
}

async function* only<T>(
  access: ScopeAccess,
  listing: AsyncIterable<readonly T[]>,
  { operation, what, arn }: Named<T>,
  belongs: (arn: string) => boolean,
  problem: string,
): AsyncGenerator<readonly T[]> {
  let strays = 0;
  for await (const page of listing) {
    const here = page.filter((entry) => belongs(arn(entry)));
    strays += page.length - here.length;
    if (here.length > 0) yield here;
  }
  if (strays === 0) return;
  throw straysIn(access.site(operation), strays, `${what} that it names ${problem}`);
}

/** What to say of a listing that named what is not there. @param what in plural, with the problem */
export const straysIn = (site: CallSite, count: number, what: string): AwsError =>
  new AwsError('malformed_answer', strayCode, site, `${count} of the ${what}`);

/** A listing that came to its end, and named what is not there. */
export const isOfStrays = ({ code }: AwsError): boolean => code === strayCode;
