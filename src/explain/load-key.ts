import { parseArn } from '../aws/arn.ts';
import type { Grant } from '../services/kms/facts.ts';
import { objectIn, policyIn, tagsIn, textIn, textsIn } from './cells.ts';
import { type KeyTold, notTold, type Told, told } from './facts.ts';
import type { Cells, Rows, SeenRow } from './rows.ts';

/** A key by its ARN, or why there is none. */
export async function loadKey(rows: Rows, arn: string): Promise<KeyTold | { readonly missing: string }> {
  const parts = parseArn(arn);
  if (parts === null) return { missing: `${arn} is no ARN of a key` };
  const { accountId, region, partition } = parts;
  const place = { accountId, region };
  const byArn = (table: 'keys' | 'key_policies' | 'key_grants') =>
    rows.seen({ ...place, table }, 'seen.arn = $4', [arn]);
  const keys = await byArn('keys');
  if (keys.state === 'not_told') return { missing: keys.why };
  const [key] = keys.value;
  if (key === undefined) {
    const whole = await rows.whole({ ...place, table: 'keys' });
    const why =
      whole.state === 'told' ? 'the whole listing of its account and region has no such key' : whole.why;
    return { missing: `the key ${arn} was not seen: ${why}` };
  }
  const isGrantsRead = key.outdated === null && !('kms:ListGrants' in (objectIn(key.cells, 'errors') ?? {}));
  const policies = await byArn('key_policies');
  const grants = await byArn('key_grants');
  const grantsWhole = await rows.whole({ ...place, table: 'key_grants' }, isGrantsRead, key.seenAt);
  return {
    arn,
    accountId,
    region,
    partition,
    state: stateOf(key),
    policy: policyNamed('default', policies),
    ramPolicy: ramPolicy(key, policies),
    grants: grantsOf(grants, grantsWhole),
    tags: key.outdated === null ? tagsIn(key.cells, 'tags') : null,
  };
}

function stateOf({ cells, outdated }: SeenRow): KeyTold['state'] {
  if (outdated !== null) return notTold(`the key's state may not be current: ${outdated}`);
  return told({
    keyManager: textIn(cells, 'key_manager'),
    keySpec: textIn(cells, 'key_spec'),
    keyUsage: textIn(cells, 'key_usage'),
    keyState: textIn(cells, 'key_state'),
  });
}

type Seen = Told<readonly SeenRow[]>;

const find = (name: string, rows: readonly SeenRow[]): SeenRow | undefined =>
  rows.find(({ cells }) => (textIn(cells, 'policy_name') ?? 'default') === name);

function policyNamed(name: string, policies: Seen): Told<string> {
  if (policies.state === 'not_told') return policies;
  const row = find(name, policies.value);
  const what = name === 'default' ? 'the key policy' : `the key policy ${name}`;
  if (row === undefined) return notTold(`${what} was not read`);
  if (row.outdated !== null) return notTold(`${what} may not be current: ${row.outdated}`);
  return policyIn(row.cells, 'policy', what);
}

/** A key without one has no row of it, which counts where the other policy was read in the same sync. */
function ramPolicy(key: SeenRow, policies: Seen): Told<string | null> {
  if (policies.state === 'not_told') return policies;
  if (find('AWS_RAM', policies.value) !== undefined) return policyNamed('AWS_RAM', policies);
  const isOtherRead = find('default', policies.value)?.outdated === null;
  const unread = textsIn(key.cells, 'unread_policies');
  return isOtherRead && key.outdated === null && unread !== null && !unread.includes('AWS_RAM')
    ? told(null)
    : notTold('whether the key has a policy AWS_RAM was not read');
}

function grantsOf(grants: Seen, whole: Told<null>): Told<readonly Grant[]> {
  if (grants.state === 'not_told') return grants;
  if (whole.state === 'not_told') return notTold(`grants of the key are not known: ${whole.why}`);
  return told(grants.value.map(({ cells }) => grantIn(cells)));
}

const grantIn = (cells: Cells): Grant => ({
  grantId: textIn(cells, 'grant_id') ?? '',
  name: textIn(cells, 'name'),
  creationDate: null,
  granteePrincipal: textIn(cells, 'grantee_principal'),
  retiringPrincipal: textIn(cells, 'retiring_principal'),
  granteeServicePrincipal: textIn(cells, 'grantee_service_principal'),
  retiringServicePrincipal: textIn(cells, 'retiring_service_principal'),
  issuingAccount: textIn(cells, 'issuing_account'),
  operations: textsIn(cells, 'operations') ?? [],
  constraints: objectIn(cells, 'constraints'),
});
