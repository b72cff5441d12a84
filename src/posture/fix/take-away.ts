import { groupBy } from '../../group.ts';
import type { ResourceContext } from '../access/admission.ts';
import { withinAccount, withinOrganization, withinServices } from '../access/intersection.ts';
import type { AccessFinding } from '../access/row.ts';
import { accountsOf } from '../access/trust.ts';
import { entityText } from '../cross-account/entity-text.ts';
import { ExternalEntities, type ExternalEntity } from '../cross-account/external-entities.ts';
import { type PolicyDocument, statementsIn } from '../policy/document.ts';
import { actionsIn } from './actions.ts';
import { type Fix, type FixStep, fixFor, noStep } from './fix.ts';
import { lockedOutOfAll, type Party, type PartyUse, without } from './locked.ts';

/** A policy that lets in some who are locked out. */
export interface DeadPermissions {
  /** The ARN of what has the policy. */
  readonly on: string;
  readonly policy: PolicyDocument;
  readonly findings: readonly AccessFinding[];
  readonly context: ResourceContext;
  readonly uses: readonly PartyUse[];
  /** Commands that put the policy; null: none is written out for the service. */
  readonly put: string | null;
  /** The command that removes the whole policy; null: there is none. */
  readonly remove: string | null;
}

/** A part of a statement, by one of its principals, with those whom it lets in to anything. */
interface Part {
  readonly finding: AccessFinding;
  /** Also those who are let in to nothing that is judged: to list a bucket, say. */
  readonly parties: readonly string[];
}

/**
 * What takes those who are locked out of all that they are let in to out of the policy: statements that let in nobody
 * else, or principals of them.
 */
export function takingAway(dead: DeadPermissions): readonly Fix[] {
  const locked = lockedOutOfAll(dead.uses);
  const parts = partsOf(dead);
  const dying = new Set(namesOf(locked));
  const isDead = (part: Part): boolean =>
    part.parties.length > 0 && part.parties.every((name) => dying.has(name));
  const partsBy = new Map<string, Part[]>();
  for (const part of parts)
    for (const name of part.parties) {
      const own = partsBy.get(name) ?? [];
      partsBy.set(name, own);
      own.push(part);
    }
  const isWhole = ({ name }: Party): boolean => partsBy.get(name)?.every(isDead) ?? false;
  const gone = locked.filter(isWhole);
  const left = without(locked, gone);
  const alive = parts.filter((part) => !isDead(part));
  return [
    ...(gone.length === 0 ? [] : [fixFor(namesOf(gone), 'take_away', removing(gone, parts, dead))]),
    ...(left.length === 0 ? [] : [fixFor(namesOf(left), 'take_away', [notAlone(left, alive, dead)])]),
  ];
}

const namesOf = (parties: readonly Party[]): readonly string[] => parties.map(({ name }) => name);

function partsOf({ findings, uses, context }: DeadPermissions): readonly Part[] {
  const byName = new Map(uses.map(({ verdict: { entity } }) => [entityText(entity), entity]));
  const all = [...byName.values()];
  // What names accounts lets in no others, but for services that it names: nobody is asked in vain.
  const among = ({ admissions }: AccessFinding): readonly ExternalEntity[] => {
    const ids = admissions.map((one) => (one.caller === 'identity' ? accountsOf(one) : null));
    if (ids.includes(null)) return all;
    return [...new Set(ids.flatMap((some) => some ?? []))].flatMap((id) => byName.get(nameOf(id)) ?? []);
  };
  return findings
    .filter(({ row, admissions }) => row.effect === 'Allow' && admissions.length > 0)
    .map((finding) => {
      const judged = among(finding).filter((entity) => letsIn(finding, entity, context));
      const named = new ExternalEntities(finding.admissions, context).all.map(({ entity }) => entity);
      return { finding, parties: [...new Set([...judged, ...named].map(entityText))] };
    });
}

const nameOf = (accountId: string): string => entityText({ kind: 'account', id: accountId });

/**
 * Wider than `ExternalEntities`, so that nothing goes that somebody may still use: a service that is let in for whomever
 * it acts for may act for any account, and what lets in everybody lets in the services that other statements name.
 */
function letsIn(
  { admissions }: AccessFinding,
  entity: ExternalEntity,
  { viewpoint }: ResourceContext,
): boolean {
  const services = admissions.filter(({ caller }) => caller === 'service');
  switch (entity.kind) {
    case 'account':
      return withinAccount(admissions, entity.id, viewpoint).length > 0;
    case 'organization':
      return withinOrganization(admissions, entity.id, viewpoint).length > 0;
    case 'service':
      return (
        withinServices(services, [entity.id], viewpoint).length > 0 ||
        admissions.some(({ principal }) => principal.text === entity.id)
      );
    default:
      // By no name of its own: a statement that lets it in tells it, as `ExternalEntities` has it.
      return false;
  }
}

function removing(gone: readonly Party[], parts: readonly Part[], dead: DeadPermissions): readonly FixStep[] {
  const names = new Set(namesOf(gone));
  const going = parts.filter((part) => part.parties.some((name) => names.has(name)));
  const byStatement = groupBy(going, ({ finding }) => finding.row.sourceId);
  const statements = [...byStatement].map(([id, some]) => ({ id, some, isWhole: isAll(id, some, dead) }));
  const isPolicy = statements.filter(({ isWhole }) => isWhole).length === statementsIn(dead.policy);
  return statements.map(({ id, some, isWhole }) => {
    const findings = some.map(({ finding }) => finding);
    const sid = findings[0]?.row.sid ?? null;
    const statement = { index: Number(id), sid };
    return {
      kind: isWhole ? 'remove_statement' : 'remove_principals',
      on: dead.on,
      statement: isWhole ? statement : { ...statement, principals: findings.map(({ row }) => row.principal) },
      command: isPolicy && dead.remove !== null ? dead.remove : dead.put,
      why: `If the share is not wanted: of other accounts statement ${sid ?? id} lets in ${isWhole ? 'nobody' : 'by these principals nobody'} but those who are locked out, to ${actionsIn(findings)}${ownText(some, dead)}${servicesText(some)}.`,
    };
  });
}

/** Whether all that the policy's statement lets in goes. */
const isAll = (id: string, some: readonly Part[], { findings }: DeadPermissions): boolean =>
  findings.filter(({ row }) => row.sourceId === id && row.effect === 'Allow').length === some.length;

/** What the own account loses with it. */
function ownText(parts: readonly Part[], { context: { viewpoint } }: DeadPermissions): string {
  const admissions = parts.flatMap(({ finding }) => finding.admissions);
  const own = withinAccount(admissions, viewpoint.ownAccountId, viewpoint);
  return own.length === 0 ? '' : '; principals of the own account that have it from here alone lose it, too';
}

/** Whoever lets in everybody lets in services, too, of which none is named and none judged. */
function servicesText(parts: readonly Part[]): string {
  const areUnnamed = parts.some(
    ({ finding, parties }) =>
      finding.admissions.some(({ caller }) => caller === 'service') &&
      !parties.some((name) => name.startsWith('service ')),
  );
  return areUnnamed ? '; AWS services that have it from here alone lose it, too' : '';
}

/** @param alive what lets in others besides, who are not locked out */
function notAlone(left: readonly Party[], alive: readonly Part[], { on }: DeadPermissions): FixStep {
  const names = new Set(namesOf(left));
  const ids = new Set(
    alive
      .filter((part) => part.parties.some((name) => names.has(name)))
      .map(({ finding: { row } }) => row.sid ?? row.sourceId),
  );
  const why =
    ids.size === 0
      ? 'It is not this policy alone that lets them in.'
      : `If the share is not wanted: statement ${[...ids].join(', ')} lets in others as well, who are not locked out, so it has to be narrowed by hand.`;
  return noStep('remove_statement', on, why);
}
