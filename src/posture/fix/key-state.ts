import { known, valueOrNull } from '../../aws/fact.ts';
import { noService } from '../cross-account/key-serves.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { type FixStep, noStep } from './fix.ts';
import { foundKeys, type Lock, type Party, withKeyFacts } from './locked.ts';
import { type Move, standing } from './move.ts';
import { replaceKey } from './replace-key.ts';
import { awsCommand } from './shell.ts';

/** Of those who are locked out by the state of a key, or by a key that does not serve. */
export function reviveKey(
  parties: readonly Party[],
  keys: readonly ResolvedKey[],
  lock: Lock,
): readonly Move[] {
  const stuck = parties.flatMap(({ locked }) => locked.flatMap((use) => use.stuck ?? []));
  const [reason] = stuck;
  if (reason !== undefined) return [standing(parties, noStep('bucket_default', lock.subject.arn, reason))];
  const asleep = foundKeys(keys).filter((facts) => noService(facts)?.use === 'blocked_by_key_state');
  const plans = asleep.map((facts) => ({ facts, steps: waking(facts) }));
  // No key, or one that never serves.
  if (asleep.length === 0 || plans.some(({ steps }) => steps === null))
    return replaceKey(parties, keys, lock);
  const woken = withKeyFacts(keys, (facts) => (asleep.includes(facts) ? awake(facts) : facts));
  const steps = plans.flatMap((plan) => plan.steps ?? []);
  const works = steps.every(({ command }) => command !== null);
  return [works ? { parties, steps, keys: woken } : standing(parties, ...steps)];
}

const awake = (facts: KeyFacts): KeyFacts => {
  const metadata = valueOrNull(facts.metadata);
  return metadata === null
    ? facts
    : { ...facts, metadata: known({ ...metadata, keyState: 'Enabled', enabled: true }) };
};

/**
 * How a key is made usable again (KMS developer guide, "Key states of KMS keys", and API reference, CancelKeyDeletion:
 * "the key state of the KMS key is Disabled"; read 2026-11-30); null: it never serves.
 */
function waking(facts: KeyFacts): readonly FixStep[] | null {
  const { arn, scope } = facts;
  const metadata = valueOrNull(facts.metadata);
  const serves = noService({ metadata: awake(facts).metadata }) === null;
  if (metadata === null || !serves) return null;
  const ofKey = (operation: string): string => awsCommand('kms', operation, scope.region, ['--key-id', arn]);
  const step = (command: string, why: string): FixStep => ({
    kind: 'enable_key',
    on: arn,
    statement: null,
    command,
    why: `${why} ${whatElse}`,
  });
  switch (metadata.keyState) {
    case 'Disabled':
      return [step(ofKey('enable-key'), 'The key is disabled.')];
    case 'PendingDeletion':
      return [
        step(
          `${ofKey('cancel-key-deletion')}\n${ofKey('enable-key')}`,
          'The key is pending deletion, and disabled once that is cancelled.',
        ),
      ];
    case 'Unavailable': {
      const store = metadata.customKeyStoreId;
      const why = 'The key store is disconnected.';
      if (store === null) return [noStep('enable_key', arn, why)];
      const words = ['--custom-key-store-id', store];
      return [step(awsCommand('kms', 'connect-custom-key-store', scope.region, words), why)];
    }
    case 'PendingImport':
      return [
        noStep('enable_key', arn, 'The key has no key material: whoever has the material imports it again.'),
      ];
    default:
      return [
        noStep(
          'enable_key',
          arn,
          `The key is in state ${metadata.keyState}, which ends by itself or not at all.`,
        ),
      ];
  }
}

const whatElse =
  'Whatever else is under it opens again, too, for whoever its policy and grants let in: `check` and the page list it, as the verb `uses` and the view key_uses do.';
