import type { SimAccount, SimOrganization, SimRegion } from '../../../lab/aws/model.ts';
import { timeText } from '../rows.ts';

/** One account × region of the simulated organization, and what is in it. */
export interface Place {
  readonly organization: SimOrganization;
  readonly account: SimAccount;
  readonly region: string;
  readonly content: SimRegion;
}

/** The columns that every row about an account and region has. */
export function placeColumns({ organization, account, region }: Place) {
  return { account_id: account.id, account_name: account.name, region, partition: organization.partition };
}

/** What is in every region of the accounts named, regions without anything left out. */
export function placesOf(organization: SimOrganization, accountIds: readonly string[]): Place[] {
  return accountIds.flatMap((id) => {
    const account = organization.accounts.get(id) as SimAccount;
    return [...account.regions].map(([region, content]) => ({ organization, account, region, content }));
  });
}

/** A time of AWS's wire, as PostgreSQL's JSON writes it; null when there is none. */
export function time(seconds: number | undefined): string | null {
  return seconds === undefined ? null : timeText(new Date(seconds * 1000));
}
