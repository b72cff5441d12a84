import type { Decision } from '../access/intersection.ts';
import { kms } from '../access/kms.ts';
import type { AccountIam, Identity } from '../iam/account-iam.ts';
import { type Asked, askedBy, askedByAll } from '../iam/asked.ts';
import { judgedIdentity, rootUser } from '../iam/caller-requests.ts';
import { isGrantee } from '../iam/grant-side.ts';
import { Groups } from '../iam/groups.ts';
import { overPrincipals, overResources, policiesOf } from '../organization-policies/standing.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import type { AdmittedEntity } from './external-entities.ts';
import { canBeLetIn, type Named, namedIn, touches } from './iam-candidates.ts';
import { missingText, type Tally } from './iam-text.ts';
import { type IamOf, type Judged, waysOf } from './judged.ts';
import { dataSide, type Reader } from './principal-data.ts';
import { allNeeded, best, PrincipalsKey, type Reach } from './principal-key.ts';
import { type HasIt, takenBy } from './taken-by.ts';

/** The users and roles of an account that can do what is judged, by all policies that were read. */
export interface Readers {
  /** Ascending. */
  readonly arns: readonly string[];
  /** Whether the account's root user can, which needs no policy of IAM. */
  readonly root: Decision;
  /** What is missing, or what decides, as a phrase; empty where somebody can. */
  readonly missing: string;
}

/** Who can do the one or the other; null: it is not known of one. */
export function eitherReaders(a: Readers | null, b: Readers | null): Readers | null {
  if (a === null || b === null) return null;
  const root = (['yes', 'unknown'] as const).find((decision) => a.root === decision || b.root === decision);
  const arns = [...new Set([...a.arns, ...b.arns])].sort();
  return { arns, root: root ?? 'no', missing: a.missing || b.missing };
}

/** What IAM of an account makes of its being let in. */
export interface IamAnswer extends Readers {
  /** Whether any user or role can. */
  readonly decision: Decision;
}

/** Judges who of the accounts that a resource lets in can really use it. */
export class IamReaders {
  readonly #judged: Judged;
  readonly #iam: IamOf;

  constructor(judged: Judged, iam: IamOf) {
    this.#judged = judged;
    this.#iam = iam;
  }

  isRead(accountId: string): boolean {
    return this.#iam(accountId) !== null;
  }

  /** Null: its IAM was not read, or the operation names no actions that IAM is asked for. */
  of(accountId: string, admitted: AdmittedEntity): IamAnswer | null {
    const iam = this.#iam(accountId);
    const { actions, readerCalls } = this.#judged.operation;
    if (iam === null || (actions === null && readerCalls === undefined)) return null;
    // Only services of AWS that act for the account pass the block.
    if (this.#judged.publicAccessBlocked === true)
      return { decision: 'no', arns: [], root: 'no', missing: '' };
    const ways = waysFor(this.#judged, accountId);
    const tally: Tally = { sure: [], maybe: [], withData: [], dependsOn: new Set() };
    const lacking: Lacking = { data: [], key: [] };
    for (const [identities, reader] of this.#groups(iam, admitted, ways.flat())) {
      const { hasData, decision, dependsOn } = reachOf(reader, this.#judged, ways);
      if (hasData) tally.withData.push(...identities);
      if (decision === 'no') lacking[hasData ? 'key' : 'data'].push(reader);
      if (decision === 'yes') tally.sure.push(...identities);
      if (decision !== 'unknown') continue;
      tally.maybe.push(...identities);
      for (const phrase of dependsOn) tally.dependsOn.add(phrase);
    }
    const root = {
      judged: rootUser(accountId, this.#judged.context.partition),
      policySet: null,
      isServiceLinked: false,
    };
    const decision = tally.sure.length > 0 ? 'yes' : tally.maybe.length > 0 ? 'unknown' : 'no';
    return {
      decision,
      arns: tally.sure.map(({ arn }) => arn).sort(),
      root: reachOf(root, this.#judged, ways).decision,
      missing:
        decision === 'yes'
          ? ''
          : missingText(tally, this.#judged, admitted, decision === 'no' ? this.#taken(lacking) : null),
    };
  }

  /** What alone takes away from somebody what nobody has; null: nothing does, or nobody was given it. */
  #taken({ data, key }: Lacking): string | null {
    const hasIt: HasIt = (reader, judged) => {
      const { hasData, decision } = reachOf(reader, judged, waysFor(judged, reader.judged.accountId));
      return key.length > 0 ? decision !== 'no' : hasData;
    };
    for (const reader of (key.length > 0 ? key : data).slice(0, examined)) {
      const phrase = takenBy(reader, this.#judged, hasIt);
      if (phrase !== null) return phrase;
    }
    return null;
  }

  /** Those who may be let in and whose own policies may allow it, one for all that fare alike. */
  *#groups(
    iam: AccountIam,
    { admissions }: AdmittedEntity,
    keys: readonly PrincipalsKey[],
  ): Generator<readonly [readonly Identity[], Reader]> {
    const { operation, context, policy } = this.#judged;
    const named: Named | null = policy?.understood === false ? null : namedIn(admissions);
    const asked = this.#asked(iam.accountId, keys);
    const grantees = keys.flatMap((key) => key.policies?.grants ?? []).filter(({ size }) => size > 0);
    const isOneOf = (identity: Identity): boolean =>
      grantees.some((grants) => isGrantee(grants, iam.accountId, judgedIdentity(identity).identity));
    const ofAccount = groupsOf(iam, operation.readerCalls?.grammar ?? context.grammar);
    const parts = ofAccount.parts(asked);
    for (const group of ofAccount.all) {
      const { policySet, isServiceLinked } = group;
      if (!touches(policySet, operation, context)) continue;
      for (const all of parts(group)) {
        const identities = all.filter(({ arn }) => named === null || canBeLetIn(arn, named));
        const single = grantees.length === 0 ? [] : identities.filter(isOneOf);
        const others = single.length === 0 ? identities : identities.filter((one) => !isOneOf(one));
        for (const alike of [...single.map((one) => [one]), others]) {
          const [first] = alike;
          if (first !== undefined)
            yield [alike, { judged: judgedIdentity(first), policySet, isServiceLinked }];
        }
      }
    }
  }

  /** What all policies but the identities' own ask of them. */
  #asked(accountId: string, keys: readonly PrincipalsKey[]): Asked {
    const { context, operation, policy } = this.#judged;
    const { policies, ownAccountId } = context.viewpoint;
    const grammar = operation.readerCalls?.grammar ?? context.grammar;
    const ofKeys = keys.flatMap((key) => key.policies ?? []);
    const documents = new Set<PolicyDocument>(policy === null ? [] : [policy]);
    for (const { document } of ofKeys.flatMap((key) => key.policies)) documents.add(document);
    if (policies !== undefined) {
      const owners = [ownAccountId, ...ofKeys.map((key) => key.context.viewpoint.ownAccountId)];
      const standings = [
        overPrincipals(policies, accountId),
        ...owners.map((id) => overResources(policies, id)),
      ];
      for (const { document } of policiesOf(standings)) documents.add(document);
    }
    return askedByAll(
      [...documents].flatMap((document) => [askedBy(document, grammar), askedBy(document, kms)]),
    );
  }
}

/** Those who lack the data, and those who have it and lack the key; one for all that are alike. */
interface Lacking {
  readonly data: Reader[];
  readonly key: Reader[];
}

/** So many are asked why. */
const examined = 8;

type PrincipalsWay = readonly PrincipalsKey[];

const waysFor = (judged: Judged, accountId: string): readonly PrincipalsWay[] =>
  waysOf(judged).map((way) => way.map((key) => new PrincipalsKey(judged, key, accountId)));

/** One way to open the resource is enough, for which all of its keys are needed. */
function reachOf(
  reader: Reader,
  judged: Judged,
  ways: readonly PrincipalsWay[],
): Reach & { readonly hasData: boolean } {
  const data = dataSide(reader, judged);
  const reaches = data.flatMap((part) =>
    ways.map((keys) => allNeeded(keys.map((key) => key.reach(reader, part)))),
  );
  return { ...best(reaches), hasData: data.length > 0 };
}

const groups = new WeakMap<AccountIam, WeakMap<ServiceGrammar, Groups>>();

/** What does not depend on the resource is worked out once for an account. */
function groupsOf(iam: AccountIam, grammar: ServiceGrammar): Groups {
  const ofAccount = groups.get(iam) ?? new WeakMap<ServiceGrammar, Groups>();
  groups.set(iam, ofAccount);
  const cached = ofAccount.get(grammar);
  if (cached !== undefined) return cached;
  const made = new Groups(iam, [grammar, kms]);
  ofAccount.set(grammar, made);
  return made;
}
