import { AwsError } from './error.ts';
import { parseArn } from './partitions.ts';
import type { ScopeAccess } from './scope-access.ts';

const strayCode = 'ForeignEntries';

/** Whether something that AWS names by its ARN is said to be of another account or region. */
export function isElsewhere(
  arn: string,
  { accountId, region }: { readonly accountId: string | null; readonly region: string },
): boolean {
  const place = parseArn(arn);
  if (place === null) return false;
  const isOfRegion = place.region === '' || place.region === region;
  const isOfAccount = place.accountId === '' || accountId === null || place.accountId === accountId;
  return !(isOfRegion && isOfAccount);
}

/**
 * A listing without what is of another account or region. AWS never answers such entries: what does so (an emulator
 * that has only one region, a proxy) may know nothing of this place, and the listing fails once it is over.
 * @param what in plural, for the error
 * @throws AwsError for which `isOfStrays` holds
 */
export async function* ofThisPlace<T>(
  access: ScopeAccess,
  listing: AsyncIterable<readonly T[]>,
  { operation, what, arn }: { operation: string; what: string; arn: (entry: T) => string },
): AsyncGenerator<readonly T[]> {
  let strays = 0;
  for await (const page of listing) {
    const here = page.filter((entry) => !isElsewhere(arn(entry), access));
    strays += page.length - here.length;
    if (here.length > 0) yield here;
  }
  if (strays === 0) return;
  const said = `${strays} of the ${what} that it names are of another account or region`;
  throw new AwsError('malformed_answer', strayCode, access.site(operation), said);
}

/** A listing that came to its end, and named what is not there. */
export const isOfStrays = ({ code }: AwsError): boolean => code === strayCode;
