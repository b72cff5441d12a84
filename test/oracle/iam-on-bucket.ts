import { isAuthorized } from '../../lab/aws/iam/authorize.ts';
import {
  callerOf,
  contextOfPrincipal,
  type IamAccount,
  type IamPrincipal,
  permissionsOf,
} from '../../lab/aws/iam/iam-account.ts';
import { iamReadingsOf } from '../../lab/aws/iam/iam-readings.ts';
import { serves } from '../../lab/aws/iam/key.ts';
import { decide } from '../../lab/aws/iam/statement.ts';
import type { Bucket } from './arbitrary-world.ts';
import { resourceContext } from './direct.ts';
import type { Way } from './operation.ts';
import type { Certainty } from './outcome.ts';
import { region } from './world.ts';

/**
 * Whether a principal of another account can carry out an operation on a bucket's objects, by the policies of bucket and
 * key and its own: under every reading, and under some. Of worlds whose conditions leave nothing to the request.
 */
export function principalCan(
  bucket: Bucket,
  ways: readonly Way[],
  account: IamAccount,
  principal: IamPrincipal,
): Certainty {
  const permissions = permissionsOf(account, principal);
  const readings = iamReadingsOf(JSON.stringify([bucket, permissions]), {
    isOwnAccount: false,
    hasBoundary: permissions.boundary !== null,
    hasGrants: (bucket.key?.grants.length ?? 0) > 0,
  });
  const answers = readings.map((reading) =>
    ways.some(({ action, resource, keyActions, service, encryptionContext }) => {
      const caller = callerOf(account, principal, 'other');
      const told = new Map([
        ...contextOfPrincipal(account, principal, 'other'),
        ...resourceContext(),
        ['aws:securetransport', ['true']] as const,
      ]);
      const onData = { caller, action: action ?? '', resource, context: told };
      const mine = [...permissions.identity];
      const bounds = permissions.boundary === null ? [] : [permissions.boundary];
      const all = [[bucket.policy], mine, ...bounds.map((one) => [one])];
      if (!all.every((some) => decide(some, onData, reading) === 'allowed')) return false;
      const { key } = bucket;
      if (key === null) return true;
      const context = new Map([
        ...told,
        ['kms:viaservice', [`${service}.${region}.amazonaws.com`]] as const,
        ['kms:calleraccount', [account.id]] as const,
        ...Object.entries(encryptionContext).map(
          ([name, value]) => [`kms:encryptioncontext:${name}`, [value]] as const,
        ),
      ]);
      const parties = { permissions, key, service: null, resource: null };
      return (
        serves(key) &&
        keyActions.every((name) =>
          isAuthorized(parties, { caller, action: name, resource: key.arn, context }, reading),
        )
      );
    }),
  );
  return { must: answers.every((can) => can), may: answers.some((can) => can) };
}
