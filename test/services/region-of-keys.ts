import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import type { RecordingSink } from '../enumerate/recording-sink.ts';
import { type Fault, readService as readIn } from './read-service.ts';

export const accountId = '222222222222';
export const region = 'eu-west-1';
/** Whom resources are shared with: another member. */
export const reader = '333333333333';
const foreignId = '444444444444';

/** An account's region to put resources into, with keys of its own and of another account. */
export interface RegionOfKeys {
  readonly organization: SimOrganization;
  readonly account: SimAccount;
  readonly add: ReturnType<typeof resourcesIn>;
  /** ARN of a key of the account, whose policy lets nobody else in. */
  readonly own: string;
  /** ARN of the same, of another account. */
  readonly foreign: string;
  /** ARN of the AWS managed key of a service, made for it. */
  managed(service: string): string;
}

export function regionOfKeys(): RegionOfKeys {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  const place = { partition: 'aws', region, accountId } as const;
  const other = addAccount(organization, { id: foreignId });
  return {
    organization,
    account,
    add: resourcesIn(account, region),
    own: addKey(account, awsMaterialKey(place, 'own')).metadata.Arn,
    foreign: addKey(other, awsMaterialKey({ ...place, accountId: foreignId }, 'foreign')).metadata.Arn,
    managed: (service) => addKey(account, awsManagedKey(place, service), `alias/aws/${service}`).metadata.Arn,
  };
}

/** The text of a policy that lets one principal in to some actions; unless told, the other member. */
export const admitting = (Action: string | readonly string[], Principal: unknown = { AWS: reader }): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*' }],
  });

/** What a sync makes of one service in the region. */
export interface ReadService {
  readonly sink: RecordingSink;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** The AWS operations that were called of a service, with their number. */
  calls(service: string): Readonly<Record<string, number>>;
}

export async function readService(
  organization: SimOrganization,
  service: string,
  ...faults: readonly Fault[]
): Promise<ReadService> {
  const { sink, requests, rows } = await readIn(organization, { accountId, region }, service, {
    faults,
    settings: { maxRetries: 0 },
  });
  const called = Object.entries(requests);
  return {
    sink,
    rows,
    calls: (name) => Object.fromEntries(called.filter(([operation]) => operation.startsWith(`${name}:`))),
  };
}

/** Some columns of each row behind the last part of its ARN, in its order. */
export function seen({ rows }: Pick<ReadService, 'rows'>, ...columns: readonly string[]): unknown[][] {
  const told = rows.map((row) => [
    /[^/:]*$/.exec(String(row.arn))?.[0] ?? '',
    ...columns.map((column) => row[column]),
  ]);
  return told.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
