import type { Admission } from '../access/admission.ts';
import type { AdmittedEntity } from './external-entities.ts';
import type { IamReaders, Readers } from './iam-readers.ts';
import { canUse, type EntityUse, isBlocked } from './use.ts';

/** A verdict on an account, and who of it can do what is judged; null: not known, or IAM was not asked for. */
export interface ByIam {
  readonly use: EntityUse;
  readonly readers: Readers | null;
}

const nobody: Readers = { arns: [], root: 'no', missing: '' };

interface Besides {
  /** The verdict on a part of the admissions that no IAM policy is asked for; null: there is no such part. */
  readonly ofServices: EntityUse | null;
  /** The verdict on what was not known, where IAM decides it. */
  readonly ifSure: EntityUse;
}

/**
 * What IAM makes of a verdict. Only accounts are split by their users and roles: one is locked out where none of them
 * has what it takes, and can where one surely has.
 */
export function byIam(
  use: EntityUse,
  admitted: AdmittedEntity,
  iam: IamReaders,
  { ofServices, ifSure }: Besides,
): ByIam {
  const { entity } = admitted;
  if (entity.kind !== 'account') return { use, readers: null };
  if (isBlocked(use)) return { use, readers: iam.isRead(entity.id) ? nobody : null };
  const answer = iam.of(entity.id, admitted);
  if (answer === null) return { use, readers: null };
  const { decision, ...readers } = answer;
  if (decision === 'yes') return { use: canUse(use) ? use : ifSure, readers };
  if (ofServices !== null && canUse(ofServices)) return { use, readers };
  const isOpen = decision === 'unknown' || ofServices === 'unknown' || admitted.admissions.some(isBeyondIam);
  return { use: isOpen ? 'unknown' : 'blocked_by_iam', readers };
}

/** Whoever is let in as something else than a user or a role of IAM, or to an action that nobody knows. */
const isBeyondIam = ({ caller, principal, arns, unknownAction }: Admission): boolean =>
  caller === 'identity' &&
  (unknownAction !== null ||
    principal.type === 'federated' ||
    (arns.only?.some((arn) => /^arn:[^:]*:sts:/.test(arn)) ?? false));
