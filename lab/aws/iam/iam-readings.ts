import { type Reading, readingsOf } from './readings.ts';

/** Where AWS's documentation leaves open what a principal's own IAM takes from what a key gives it. */
export interface IamReading extends Reading {
  /**
   * Whether a boundary that is silent caps what `Principal: *` gives in the key's own account: said of role, user and
   * session ARNs, and of `*` narrowed by `aws:PrincipalArn` (not capped), but not of `*` alone.
   */
  readonly boundaryCapsAnyone: boolean;
  /** Whether a boundary that is silent caps what a grant gives in the key's own account. */
  readonly boundaryCapsGrants: boolean;
  /** Whether the grantee of another account needs IAM of its own besides, and so for a grant to an account as a whole. */
  readonly grantsNeedIam: boolean;
}

/** What raises the questions. */
export interface Doubts {
  readonly isOwnAccount: boolean;
  readonly hasBoundary: boolean;
  readonly hasGrants: boolean;
}

/** @param text all documents that can decide */
export function iamReadingsOf(text: string, { isOwnAccount, hasBoundary, hasGrants }: Doubts): IamReading[] {
  const answers = (raised: boolean): readonly boolean[] => (raised ? [true, false] : [true]);
  return readingsOf(text).flatMap((reading) =>
    answers(isOwnAccount && hasBoundary).flatMap((boundaryCapsAnyone) =>
      answers(isOwnAccount && hasBoundary && hasGrants).flatMap((boundaryCapsGrants) =>
        answers(hasGrants).map((grantsNeedIam) => ({
          ...reading,
          boundaryCapsAnyone,
          boundaryCapsGrants,
          grantsNeedIam,
        })),
      ),
    ),
  );
}
