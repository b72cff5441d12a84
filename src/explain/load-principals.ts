import { takesSessionTags } from '../posture/iam/assumable.ts';
import { readPolicy } from '../posture/policy/document.ts';
import { flagIn, objectsIn, policyIn, tagsIn, textIn } from './cells.ts';
import { notTold, type Told, told } from './facts.ts';
import {
  askerOf,
  type IdentityTold,
  missingAsker,
  type PolicyTold,
  type PrincipalRef,
  rootAsker,
  strangeAsker,
} from './principals.ts';
import type { Asker } from './question.ts';
import type { Cells, Place, Rows, SeenRow } from './rows.ts';

const advice = 'set include_iam: true and sync';

const principalsIn = (accountId: string): Place => ({ table: 'iam_principals', accountId, region: 'global' });

/** A user, role or root user with its policies; one that is not there, or of which nothing is known, says so. */
export async function loadAsker(rows: Rows, ref: PrincipalRef): Promise<Asker> {
  const { accountId, partition, type, name, arn, sessionArn } = ref;
  if (type === 'root') return rootAsker(accountId, partition);
  const place = principalsIn(accountId);
  // A session does not tell the path of its role, whose name no other role has.
  const seen =
    sessionArn === null
      ? await rows.seen(place, 'seen.account_id = $1 AND seen.arn = $4', [arn])
      : await rows.seen(place, `seen.account_id = $1 AND seen.principal_type = 'role' AND seen.name = $4`, [
          name,
        ]);
  if (seen.state === 'not_told') return strangeAsker(ref, `${seen.why}; ${advice}`);
  const [row] = seen.value;
  if (row !== undefined) {
    const [identity] = await identitiesOf(rows, accountId, [row]);
    return identity === undefined ? strangeAsker(ref, 'its row was not read') : askerOf(identity);
  }
  const whole = await rows.whole(place);
  return whole.state === 'told'
    ? missingAsker(ref, `account ${accountId} has no such ${type}, by the last sync`)
    : strangeAsker(ref, `IAM of account ${accountId} is not known: ${whole.why}; ${advice}`);
}

/** All users and roles of an account; not told where any may be missing. */
export async function loadAccount(rows: Rows, accountId: string): Promise<Told<readonly Asker[]>> {
  const place = principalsIn(accountId);
  const seen = await rows.seen(place, 'seen.account_id = $1', []);
  if (seen.state === 'not_told') return notTold(`${seen.why}; ${advice}`);
  const whole = await rows.whole(place);
  if (whole.state === 'not_told') return notTold(`${whole.why}; ${advice}`);
  return told((await identitiesOf(rows, accountId, seen.value)).map(askerOf));
}

async function identitiesOf(
  rows: Rows,
  accountId: string,
  seen: readonly SeenRow[],
): Promise<readonly IdentityTold[]> {
  const hashes = seen.flatMap(({ cells }) =>
    (objectsIn(cells, 'policies') ?? []).map((policy) => textIn(policy, 'sha256')),
  );
  const boundaries = seen.map(({ cells }) => textIn(cells, 'boundary_arn'));
  const texts = await rows.seen(
    { table: 'iam_policies', accountId, region: 'global' },
    `seen.account_id = $1 AND seen.kind <> 'trust' AND (seen.sha256 = ANY ($4) OR seen.arn = ANY ($5))`,
    [distinct(hashes), distinct(boundaries)],
  );
  const byHash = new Map<string, SeenRow>();
  const byArn = new Map<string, SeenRow>();
  for (const row of texts.state === 'told' ? [...texts.value].reverse() : []) {
    byHash.set(textIn(row.cells, 'sha256') ?? '', row);
    byArn.set(textIn(row.cells, 'arn') ?? '', row);
  }
  return seen.map((row) => identityIn(row, accountId, byHash, byArn));
}

const distinct = (texts: readonly (string | null)[]): readonly string[] => [
  ...new Set(texts.filter((text) => text !== null)),
];

type Texts = ReadonlyMap<string, SeenRow>;

function identityIn(
  { cells, outdated }: SeenRow,
  accountId: string,
  byHash: Texts,
  byArn: Texts,
): IdentityTold {
  const policies = objectsIn(cells, 'policies');
  const boundaryArn = textIn(cells, 'boundary_arn');
  const gap =
    outdated === null
      ? policies === null && notTold('its policies were not read')
      : notTold(`what IAM says of it may not be current: ${outdated}`);
  return {
    type: textIn(cells, 'principal_type') === 'user' ? 'user' : 'role',
    arn: textIn(cells, 'arn') ?? '',
    accountId,
    name: textIn(cells, 'name') ?? '',
    id: textIn(cells, 'principal_id'),
    tags: outdated === null ? tagsOfSessions(cells) : null,
    isServiceLinked: flagIn(cells, 'service_linked') === true,
    policies: gap || told((policies ?? []).map((policy) => policyOf(policy, byHash))),
    boundary: gap || told(boundaryArn === null ? null : boundaryOf(boundaryArn, byArn)),
  };
}

/** Null: not known, or sessions of the role may have others. */
function tagsOfSessions(cells: Cells): IdentityTold['tags'] {
  if (textIn(cells, 'principal_type') === 'user') return tagsIn(cells, 'tags');
  const trust = policyIn(cells, 'trust_policy', 'the trust policy');
  const areFixed = trust.state === 'told' && !takesSessionTags(readPolicy(trust.value));
  return areFixed ? tagsIn(cells, 'tags') : null;
}

function policyOf(policy: Cells, byHash: Texts): PolicyTold {
  const name = textIn(policy, 'name') ?? '';
  const hash = textIn(policy, 'sha256');
  // A text with its hash is the right one, however old its row is.
  const row = hash === null ? undefined : byHash.get(hash);
  const what = `the policy ${name}`;
  return {
    arn: textIn(policy, 'arn'),
    name,
    group: textIn(policy, 'group'),
    text: row === undefined ? notTold(`${what} was not read`) : policyIn(row.cells, 'document', what),
  };
}

function boundaryOf(arn: string, byArn: Texts): PolicyTold {
  const row = byArn.get(arn);
  const what = `the permissions boundary ${arn}`;
  const text = (): Told<string> => {
    if (row === undefined) return notTold(`${what} was not read`);
    if (row.outdated !== null) return notTold(`${what} may not be current: ${row.outdated}`);
    return policyIn(row.cells, 'document', what);
  };
  return { arn, name: arn.slice(arn.lastIndexOf('/') + 1), group: null, text: text() };
}
