import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';

export const management = '111111111111';
export const member = '222222222222';
/** What the member's role `posture` asks for: as good as a secret. */
export const externalId = 'correct-horse-battery-staple';

/** A management account with one key, and a member with a key in each of two regions. */
export function smallOrganization(): SimOrganization {
  const organization = newOrganization();
  const data = addAccount(organization, { id: member, name: 'data' });
  data.roles.set('posture', { name: 'posture', trust: { principals: [management], externalId } });
  addKeys(organization.accounts.get(management) as SimAccount, 'us-east-1', 'billing');
  addKeys(data, 'us-east-1', 'orders');
  addKeys(data, 'eu-west-1', 'customers');
  return organization;
}

/** Keys of AWS's material, each under an alias of its name. */
export function addKeys(account: SimAccount, region: string, ...names: string[]) {
  const place = { partition: 'aws', accountId: account.id, region };
  return names.map((name) => addKey(account, awsMaterialKey(place, name), `alias/${name}`));
}
