import { isAuthorized, type Parties, sparingNobody } from '../../lab/aws/iam/authorize.ts';
import { callerOf, contextOfPrincipal, permissionsOf } from '../../lab/aws/iam/iam-account.ts';
import { type IamReading, iamReadingsOf } from '../../lab/aws/iam/iam-readings.ts';
import { type Key, narrowedKey, policiesOf } from '../../lab/aws/iam/key.ts';
import type { Policy } from '../../lab/aws/iam/policy.ts';
import type { Context, Identity } from '../../lab/aws/iam/request.ts';
import { narrowed } from '../../lab/aws/iam/statement.ts';
import { boundsOn, type Controls } from './controls.ts';
import { directContext, forAction, resourceContext, writtenOnKey } from './direct.ts';
import { together, type Written, written } from './documents.ts';
import { isOfNetwork, points } from './grid.ts';
import type { Pair, TaggedKey } from './iam-world.ts';
import { region } from './world.ts';

/**
 * How a principal fares with an action on a key over the grid of contexts: `always` in every one, itself and through
 * services; `directly` in every one of a call of its own, and not in each through a service; `sometimes`; `never`.
 */
export type Fate = 'always' | 'directly' | 'sometimes' | 'never';

/** Under each reading of what AWS leaves open: more than one fate is an open question. */
export function fatesOf(
  { account, principal, key }: Pair,
  controls: Controls | null,
  action: string,
): ReadonlySet<Fate> {
  const permissions = principal === null ? null : permissionsOf(account, principal);
  const text = JSON.stringify([key.key, permissions, controls?.controls]);
  const readings = iamReadingsOf(text, {
    isOwnAccount: account.id === key.key.owner,
    hasBoundary: permissions !== null && permissions.boundary !== null,
    hasGrants: key.key.grants.length > 0,
  });
  return new Set(
    readings.map((reading) => {
      const answers = sessionsIn(text, principal?.kind ?? 'root').flatMap((session) => {
        const caller = callerOf(account, principal, session);
        const parties = partiesOf({ permissions, key: key.key, service: null, resource: null }, controls);
        const base = contextOfPrincipal(account, principal, session);
        return answersOf(parties(caller, action, reading), key, { caller, base, action, reading });
      });
      return fateOf(answers);
    }),
  );
}

/** A role's sessions are named by who assumes it: as some policy writes it, and otherwise. */
const sessionsIn = (text: string, kind: Identity['kind']): readonly string[] =>
  kind === 'role' && /[/:]s1"/.test(text) ? ['other', 's1'] : ['other'];

interface Answer {
  readonly isDirect: boolean;
  readonly isAllowed: boolean;
}

function fateOf(answers: readonly Answer[]): Fate {
  if (answers.every(({ isAllowed }) => isAllowed)) return answers.length > 0 ? 'always' : 'never';
  if (answers.every(({ isDirect, isAllowed }) => isAllowed || !isDirect)) return 'directly';
  return answers.some(({ isAllowed }) => isAllowed) ? 'sometimes' : 'never';
}

type Narrow = (caller: Identity, action: string, reading: IamReading) => Parties | null;

/** What can decide on the caller's action; null: nothing of the key can allow it. */
const partiesOf =
  ({ permissions, key }: Parties, controls: Controls | null): Narrow =>
  (caller, action, reading) => {
    const narrow = (policy: Policy): Policy => narrowed(policy, caller, action, key.arn, reading);
    const isBounded = permissions !== null && permissions.boundary !== null;
    const small = narrowedKey(isBounded ? hittingAll(key) : key, caller, action, reading);
    if (small === null) return null;
    const { service, resource } = boundsOn(controls, caller, action, key.arn, reading);
    const own = permissions && {
      identity: permissions.identity.map(narrow),
      boundary: permissions.boundary && narrow(permissions.boundary),
    };
    return { key: small, permissions: own, service, resource };
  };

/** As the decision takes it: narrowing must not drop the Denies that spare the caller by name and hit its boundary. */
const hittingAll = (key: Key): Key => ({
  ...key,
  policy: sparingNobody(key.policy),
  ram: key.ram === null ? null : sparingNobody(key.ram),
});

interface Asked {
  readonly caller: Identity;
  readonly base: Context;
  readonly action: string;
  readonly reading: IamReading;
}

/** One answer for each point of the grid; none: whatever the context, the answer is no. */
function answersOf(
  parties: Parties | null,
  { key, tags }: TaggedKey,
  { caller, base, action, reading }: Asked,
): readonly Answer[] {
  if (parties === null) return [{ isDirect: true, isAllowed: false }];
  const told = new Map([...base, ...resourceContext(), ...toldOfKey(key, tags)]);
  told.set('kms:calleraccount', [caller.account]);
  const on = together([writtenOnKey(parties.key), written(documentsOf(parties))]);
  return points(on, isFree, told, throughServices(parties.key, on)).map((point) => {
    const context = withGrantKey(forAction(directContext(told, point, reading), action), action);
    const request = { caller, action, resource: key.arn, context };
    return {
      isDirect: !context.has('kms:viaservice'),
      isAllowed: isAuthorized(parties, request, reading),
    };
  });
}

function documentsOf({ key, permissions, service, resource }: Parties): readonly Policy[] {
  const controls = [...(service ?? []), ...(resource ?? [])].flat().map(({ document }) => document);
  const own = permissions === null ? [] : [...permissions.identity, permissions.boundary ?? []].flat();
  return [...policiesOf(key), ...own, ...controls];
}

/** KMS developer guide, "AWS KMS condition keys", read 2026-11-29. */
const toldOfKey = (key: Key, tags: TaggedKey['tags']): readonly (readonly [string, readonly string[]])[] => [
  ['kms:keyspec', [key.spec]],
  ['kms:keyusage', [key.usage]],
  ...Object.entries(tags).map(([tag, value]) => [`aws:resourcetag/${tag.toLowerCase()}`, [value]] as const),
];

/** What the caller, or the service that it calls, decides: all else is told of the principal and the key. */
const isFree = (name: string): boolean =>
  isOfNetwork(name) ||
  name === 'aws:multifactorauthpresent' ||
  name === 'kms:viaservice' ||
  name === grantKey ||
  name.startsWith('kms:encryptioncontext:');

const grantKey = 'kms:grantisforawsresource';

/** Only services make grants for resources, and only calls about grants carry the key. */
function withGrantKey(context: Context, action: string): Context {
  const sent = new Map(context);
  if (!/^kms:((Create|Revoke)Grant|ListGrants)$/.test(action)) sent.delete(grantKey);
  else if (!sent.has('kms:viaservice')) sent.set(grantKey, ['false']);
  return sent;
}

/** Calls through S3, and through another service, where something that decides follows from it. */
function throughServices(key: Key, { values }: Written): ReadonlyMap<string, readonly string[]> | undefined {
  const names = [...values.keys()];
  const follows =
    names.some((name) => isOfNetwork(name) || /^(aws:viaawsservice|kms:viaservice)$/.test(name)) ||
    values.has(grantKey) ||
    key.grants.some(({ Constraints }) => Constraints?.SourceArn !== undefined);
  const s3 = `s3.${region}.amazonaws.com`;
  return follows ? new Map([['kms:viaservice', [s3, ...(values.get('kms:viaservice') ?? [])]]]) : undefined;
}
