import { type Reading, readingsOf } from '../../lab/aws/iam/readings.ts';
import type { Caller } from '../../lab/aws/iam/request.ts';
import { identitiesOf } from './callers.ts';
import { documentsOfControls } from './controls.ts';
import { documentsOf, writtenOnKey } from './direct.ts';
import { together, written } from './documents.ts';
import { can, isLetIn, type Resource, type Way } from './operation.ts';
import { documentsOfPassage } from './passage.ts';
import { callsFor, otherService, services } from './services.ts';
import { members, membershipsOf, outsiders, owner } from './world.ts';

/** How one account, in one organization that it may be in, fares: under every reading, and under some. */
export interface Outcome {
  readonly account: string;
  readonly organization: string | null;
  /** The resource alone lets it in. */
  readonly letIn: Certainty;
  /** Both calls are allowed for one of its principals. */
  readonly can: Certainty;
}
export interface Certainty {
  readonly must: boolean;
  readonly may: boolean;
}

const documents = ({ policy, key, controls = null }: Resource, ways: readonly Way[]) => [
  ...ways.flatMap(({ through }) => documentsOfPassage(through)),
  ...(policy === null ? [] : [policy]),
  ...documentsOfControls(controls),
  ...(key === null ? [] : documentsOf(key)),
];

const textOf = ({ policy, key, controls }: Resource, ways: readonly Way[]): string =>
  JSON.stringify([policy, key, controls, ...ways.map(({ through }) => through?.policy)]);

/** Every account but the owner's. */
export function outcomes(resource: Resource, ways: readonly Way[]): readonly Outcome[] {
  const on = together([
    written(documents(resource, ways)),
    ...(resource.key === null ? [] : [writtenOnKey(resource.key)]),
  ]);
  const fare = (callers: readonly Caller[], acting: readonly Caller[]): Pick<Outcome, 'letIn' | 'can'> => {
    const certainty = (ask: typeof can): Certainty => {
      const one = (reading: Reading) => (caller: Caller) => ask(resource, caller, ways, reading);
      const { must, may } = underAll(all, (reading) => callers.some(one(reading)));
      return { must, may: may || all.some((reading) => acting.some(one(reading))) };
    };
    const letIn = certainty(isLetIn);
    return { letIn, can: letIn.may ? certainty(can) : { must: false, may: false } };
  };
  const all = readingsOf(textOf(resource, ways));
  const sources = [...on.values.keys()].some((key) => key.startsWith('aws:source'));
  const accounts = [...members, ...outsiders].filter((account) => account !== owner);
  return [
    { account: nobody, organization: null, ...fare([{ kind: 'anonymous' }], []) },
    ...accounts.flatMap((account) => {
      const callers = identitiesOf(account, on);
      const asked = new Set(callers.map(({ membership }) => membership?.organization ?? null));
      return membershipsOf(account).flatMap((membership) => {
        const organization = membership?.organization ?? null;
        // Where no document asks for the organization, one membership stands for all.
        const meant = asked.has(organization) ? organization : null;
        const identities = callers.filter((caller) => (caller.membership?.organization ?? null) === meant);
        const acting = sources ? names.flatMap((name) => callsFor(name, account, membership)) : [];
        return [{ account, organization, ...fare(identities, acting) }];
      });
    }),
  ];
}

/** Whoever sends a request unsigned. */
export const nobody = 'anonymous';

const names = [...services, otherService];

/** Whether a service, calling as itself for some account or for none, can: under every reading, and under some. */
export function outcomeOfService(resource: Resource, ways: readonly Way[], name: string): Certainty {
  const callers: readonly Caller[] = [
    { kind: 'service', name, source: null },
    ...[...members, ...outsiders].flatMap((account) =>
      membershipsOf(account).flatMap((membership) => callsFor(name, account, membership)),
    ),
  ];
  return underAll(readingsOf(textOf(resource, ways), true), (reading) =>
    callers.some((caller) => can(resource, caller, ways, reading)),
  );
}

/** Asks no further once two readings differ. */
function underAll(readings: readonly Reading[], holds: (reading: Reading) => boolean): Certainty {
  let must = true;
  let may = false;
  for (const reading of readings) {
    if (holds(reading)) may = true;
    else must = false;
    if (may && !must) break;
  }
  return { must, may };
}
