import type { KeyFacts } from '../key-facts.ts';
import { type FixStep, noStep } from './fix.ts';
import { isExact } from './needs.ts';
import { awsCommand } from './shell.ts';
import type { SharedNeed } from './statements.ts';

/** So many grants are written out. */
const grantsAtMost = 10;

/**
 * Grants in place of a statement for which the key policy has no room. They let in no organization and no service, and
 * their constraints take whole values of the encryption context (KMS API reference, CreateGrant and GrantConstraints,
 * read 2026-11-30).
 */
export function grantSteps(needs: readonly SharedNeed[], key: KeyFacts, why: string): readonly FixStep[] {
  const { arn, scope } = key;
  if (needs.some(({ kind, lines }) => kind !== 'AWS' || lines.length > 0))
    return [
      noStep(
        'grant',
        arn,
        `${why} A grant has one account, role or user as its grantee, and no conditions on it.`,
      ),
    ];
  if (!needs.every(({ binding }) => isExact(binding)))
    return [
      noStep(
        'grant',
        arn,
        `${why} A grant takes no wildcards in the encryption context, so it cannot be tied to the objects of one bucket: with a bucket key it can.`,
      ),
    ];
  const all = needs.flatMap((need) => need.principals.map((principal) => ({ ...need, principal })));
  const steps = all.slice(0, grantsAtMost).map(({ principal, actions, binding }): FixStep => {
    const operations = actions.map((action) => action.replace('kms:', ''));
    const constraints = {
      EncryptionContextSubset: Object.fromEntries(
        Object.entries(binding.context).map(([name, [value = '']]) => [name, value]),
      ),
    };
    const words = ['--key-id', arn, '--grantee-principal', principal, '--operations', ...operations];
    return {
      kind: 'grant',
      on: arn,
      statement: { GranteePrincipal: principal, Operations: operations, Constraints: constraints },
      command: awsCommand('kms', 'create-grant', scope.region, [
        ...words,
        '--constraints',
        JSON.stringify(constraints),
      ]),
      why: `${why} A grant is tied to the resource by its encryption context, and not to the service that sends it.`,
    };
  });
  const more = all.length - steps.length;
  return more === 0
    ? steps
    : [...steps, noStep('grant', arn, `The same for ${more} more: the key takes up to 50,000 grants.`)];
}
