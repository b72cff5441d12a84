import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { type Fault, readService as readIn } from './read-service.ts';

const data = '222222222222';
export const reader = '333333333333';
const region = 'eu-west-1';

/**
 * A region of an account, and ARNs of keys that its resources may be under: of its own, let to the reader or not,
 * of an account whose key the reader may not use, and managed by AWS.
 * @param service whose AWS managed key is there: `rds` of `alias/aws/rds`
 */
export function databaseWorld(service: string) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '444444444444' });
  const placeOf = (accountId: string) => ({ partition: 'aws', region, accountId });
  const place = placeOf(data);
  const toReader = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${reader}:root` },
    Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant'],
    Resource: '*',
  };
  const policy = keyPolicy(place, toReader);
  return {
    organization,
    account,
    add: resourcesIn(account, region),
    own: addKey(account, awsMaterialKey(place, 'own')).metadata.Arn,
    shared: addKey(account, awsMaterialKey(place, 'shared', { policy })).metadata.Arn,
    managed: addKey(account, awsManagedKey(place, service), `alias/aws/${service}`).metadata.Arn,
    foreign: addKey(owner, awsMaterialKey(placeOf(owner.id), 'foreign')).metadata.Arn,
  };
}
export type DatabaseWorld = ReturnType<typeof databaseWorld>;

/** Reads a service of that world. @param fault what goes wrong meanwhile */
export async function readService({ organization }: DatabaseWorld, service: string, fault?: Fault) {
  const { sink, requests, rows } = await readIn(organization, { accountId: data, region }, service, {
    faults: [fault],
  });
  return { rows, said: [...sink.said], requests };
}
