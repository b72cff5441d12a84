import type { Key } from '../../lab/aws/iam/key.ts';
import { type Reading, readingsOf } from '../../lab/aws/iam/readings.ts';
import type { Membership } from '../../lab/aws/iam/request.ts';
import { identitiesOf } from './callers.ts';
import { type Controls, documentsOfControls } from './controls.ts';
import { actionsOf, canUseKey, type Purpose, writtenOnKey } from './direct.ts';
import { together, written } from './documents.ts';
import { callsFor, otherService, services } from './services.ts';
import { members, membershipsOf, nobodys, outsiders, owner, passersBy } from './world.ts';

/** Who beyond the owner's account is let in by a key: under one reading. */
export interface LetIn {
  readonly account: string;
  readonly organization: string | null;
  readonly purposes: ReadonlySet<Purpose>;
}

export const purposes = Object.keys(actionsOf) as Purpose[];

/** Every other account in each organization that it may be in, with what it can do at some point of the grid. */
function letInByKey(
  key: Key,
  controls: Controls | null,
  reading: Reading,
  accounts: readonly string[],
): readonly LetIn[] {
  const on = together([writtenOnKey(key), written(documentsOfControls(controls))]);
  return accounts.flatMap((account) => {
    const found = new Map<string | null, Set<Purpose>>();
    for (const caller of identitiesOf(account, on)) {
      const organization = caller.membership?.organization ?? null;
      const can = found.get(organization) ?? new Set();
      found.set(organization, can);
      for (const purpose of purposes)
        if (!can.has(purpose) && canUseKey(key, controls, caller, actionsOf[purpose], reading))
          can.add(purpose);
    }
    return membershipsOf(account).flatMap((membership) => {
      const organization = membership?.organization ?? null;
      // Where no document asks for the organization, one membership stands for all.
      const can = found.get(organization) ?? found.get(null) ?? new Set();
      return can.size === 0 ? [] : [{ account, organization, purposes: can }];
    });
  });
}

/**
 * Accounts for whose resources a service may call, which documents name: the product counts it as shared
 * with them. AWS has no word for it, so it may be so and need not.
 */
function actingFor(
  key: Key,
  controls: Controls | null,
  reading: Reading,
  accounts: readonly string[],
): readonly LetIn[] {
  const text = JSON.stringify([key, controls?.controls]);
  if (!/aws:Source(Account|Arn|OrgID)|"SourceArn"/.test(text)) return [];
  const names = [...services, otherService];
  const can = (account: string, membership: Membership, purpose: Purpose): boolean =>
    names.some((name) =>
      callsFor(name, account, membership).some((caller) =>
        canUseKey(key, controls, caller, actionsOf[purpose], reading),
      ),
    );
  return accounts.flatMap((account) =>
    membershipsOf(account).flatMap((membership) => {
      const organization = membership?.organization ?? null;
      if (!text.includes(account) && !(organization !== null && text.includes(organization))) return [];
      const able = purposes.filter((purpose) => can(account, membership, purpose));
      return able.length === 0 ? [] : [{ account, organization, purposes: new Set(able) }];
    }),
  );
}

/** Those who are let in whatever is read into the documentation, and those who are under some reading. */
export interface Between {
  readonly must: readonly LetIn[];
  readonly may: readonly LetIn[];
}

const others = [...members, ...outsiders].filter((account) => account !== owner);

/** @param controls the organization's SCPs and RCPs; null: there are none. @param accounts who is asked about */
export function letInBetween(
  key: Key,
  controls: Controls | null = null,
  accounts: readonly string[] = others,
): Between {
  const readings = readingsOf(JSON.stringify([key, controls?.controls]));
  const all = readings.map((reading) => letInByKey(key, controls, reading, accounts));
  const name = ({ account, organization }: LetIn): string => `${account} ${organization}`;
  const may = new Map<string, Set<Purpose>>();
  const flat = [...all.flat(), ...readings.flatMap((reading) => actingFor(key, controls, reading, accounts))];
  for (const each of flat) may.set(name(each), new Set([...(may.get(name(each)) ?? []), ...each.purposes]));
  const [first = [], ...rest] = all;
  const must = first.flatMap((each) => {
    const kept = purposes.filter((purpose) =>
      [first, ...rest].every((reading) =>
        reading.some((other) => name(other) === name(each) && other.purposes.has(purpose)),
      ),
    );
    const always = rest.every((reading) => reading.some((other) => name(other) === name(each)));
    return always ? [{ ...each, purposes: new Set(kept) }] : [];
  });
  return {
    must,
    may: [...may].map(([text, can]) => {
      const one = flat.find((each) => name(each) === text) as LetIn;
      return { ...one, purposes: can };
    }),
  };
}

/** Whether letting in means letting in anyone: an account that no document names, in no organization that one does. */
export const isAnyone = ({ account, organization }: LetIn): boolean =>
  passersBy.includes(account) && (organization === null || organization === nobodys);
