import { keyNamed } from '../../keys/named.ts';
import { text } from '../../protocol/input.ts';
import type { Call, Target } from '../../service.ts';

/** The key that `KeyId` names; undefined: a call about no key, or about one that is not there. */
export function keyTarget({ world, account, region, input }: Call): Target | undefined {
  const reference = text(input, 'KeyId');
  const key = reference && keyNamed(world.organization, account.id, region, reference);
  if (!key) return undefined;
  const { Arn, AWSAccountId, KeyManager } = key.metadata;
  return { arn: Arn, ownerId: AWSAccountId, isAwsManagedKey: KeyManager === 'AWS' };
}
