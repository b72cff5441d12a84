/**
 * What becomes of a resource that loses its key:
 * - `at_once`: its data cannot be used from then on;
 * - `within_hours`: when what the service keeps of the key is used up;
 * - `at_next_attach`: what is in use goes on, and nothing can be opened anew;
 * - `until_it_fails`: what is in use goes on, until its hardware fails or it is to be changed;
 * - `new_data_only`: what is stored stays readable, nothing new can be written;
 * - `not_known`: AWS does not say.
 */
export type KeyLoss =
  | 'at_once'
  | 'within_hours'
  | 'at_next_attach'
  | 'until_it_fails'
  | 'new_data_only'
  | 'not_known';

/** By what a key is lost: it is disabled, it is deleted, or the grant is revoked by which a service uses it. */
export type KeyLossCause = 'key_disabled' | 'key_deleted' | 'grant_revoked';

export const keyLossCauses = [
  'key_disabled',
  'key_deleted',
  'grant_revoked',
] as const satisfies readonly KeyLossCause[];

/** What becomes of a resource by one cause. */
export interface KeyLossByCause {
  readonly breaks: KeyLoss;
  /**
   * Within how many days after the loss it is rescued when the key is there again; 0: never. Null: AWS names no limit,
   * which is no promise that there is none.
   */
  readonly recoverableDays: number | null;
  /** What AWS says of it, in a sentence; null where nothing more than the word is known. */
  readonly why: string | null;
}

/**
 * What becomes of a sort of resources: by cause, each with what AWS's documentation says of it; or one word, which then
 * holds for a disabled and a deleted key alike. A cause that is left out is not known.
 */
export type WhenKeyIsLost = KeyLoss | Readonly<Partial<Record<KeyLossCause, KeyLoss | KeyLossByCause>>>;

/**
 * What becomes of a sort by whatever cause, where AWS says the same of all. What a deleted key encrypted is not rescued.
 * @param recoverableDays of a key that comes back
 */
export function lostAlike(
  breaks: KeyLoss,
  recoverableDays: number | null,
  why: string,
): Readonly<Record<KeyLossCause, KeyLossByCause>> {
  const lost = { breaks, recoverableDays, why };
  return { key_disabled: lost, key_deleted: ofDeleted(breaks), grant_revoked: lost };
}

/** What becomes of a sort by each cause. */
export function keyLossByCause(lost: WhenKeyIsLost): Readonly<Record<KeyLossCause, KeyLossByCause>> {
  const said: Exclude<WhenKeyIsLost, string> =
    typeof lost === 'string' ? { key_disabled: lost, key_deleted: lost } : lost;
  return {
    key_disabled: inWhole(said.key_disabled),
    key_deleted:
      typeof said.key_deleted === 'object' ? said.key_deleted : ofDeleted(said.key_deleted ?? 'not_known'),
    grant_revoked: inWhole(said.grant_revoked),
  };
}

/**
 * "After a KMS key is deleted, you can no longer decrypt the data that was encrypted under that KMS key, which means that
 * data becomes unrecoverable" (KMS developer guide, "Delete an AWS KMS key", read 2026-11-30).
 */
function ofDeleted(breaks: KeyLoss): KeyLossByCause {
  return {
    breaks,
    recoverableDays: 0,
    why: 'What is encrypted under a deleted key cannot be decrypted any more.',
  };
}

function inWhole(said: KeyLoss | KeyLossByCause = 'not_known'): KeyLossByCause {
  return typeof said === 'string' ? { breaks: said, recoverableDays: null, why: null } : said;
}
