import { ABSENT, conjuncts } from '../policy/pattern.ts';
import { exactly, present } from '../policy/value-set.ts';
import { type Admission, withContents, withDoubt } from './admission.ts';

/** An admission to objects by the ARNs of an access point, by those of its bucket. */
export function inBucket(admission: Admission, pointArn: string, bucketArn: string): Admission {
  const { only, except } = admission.contents;
  const prefix = `${pointArn}/object/`;
  const isPlain = (pattern: string): boolean =>
    pattern === ABSENT || (conjuncts(pattern).length === 1 && pattern.startsWith(prefix));
  // A `*` may stand for the words before the key, and for a part of the key.
  if (![...(only ?? []), ...except].every(isPlain))
    return withDoubt(
      withContents(admission, present),
      `which objects the policy of ${pointArn} is about is not known`,
    );
  const map = (pattern: string): string =>
    pattern === ABSENT ? pattern : `${bucketArn}/${pattern.slice(prefix.length)}`;
  return withContents(admission, {
    only: only === null ? null : exactly(...only.map(map)).only,
    except: except.map(map),
  });
}
