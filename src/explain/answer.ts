import { type Chain, chainOf, chainOfLinks, joined } from './chain.ts';
import type { Told } from './facts.ts';
import { decisive, type Link, type LinkName, nearest, type Word, wordOf } from './link.ts';
import { rootAsker } from './principals.ts';
import type { Asker, Names } from './question.ts';
import type { Subject } from './subject.ts';

/** Somebody of an account, and whether it can. */
export interface PrincipalAnswer {
  readonly principal: string;
  readonly word: Word;
}

/** What is answered about one principal, or about the one of an account that comes nearest. */
export interface Answer {
  readonly word: Word;
  /** Whose chain it is. */
  readonly principal: string;
  readonly links: readonly Link[];
  /** The link that decides; null: all allow. */
  readonly decisive: Link | null;
  /** Of an account: who can or may, those who can first; null: one principal was asked about. */
  readonly principals: readonly PrincipalAnswer[] | null;
  /** Why it may not be all, a phrase each. */
  readonly gaps: readonly string[];
}

/** Whether one principal can. */
export function answerFor(asker: Asker, subject: Subject, names: Names): Answer {
  const chain = chainFor(asker, subject, names);
  return {
    word: wordOf(chain.verdict),
    principal: asker.judged.identity.arn,
    links: chain.links,
    decisive: decisive(chain.links) ?? null,
    principals: null,
    gaps: [],
  };
}

function chainFor(asker: Asker, { operations }: Subject, names: Names): Chain {
  const chains = operations.map(({ parts }) =>
    joined(
      parts(asker.judged).map((part) =>
        'links' in part ? chainOfLinks(part.links) : chainOf(asker, [part], names),
      ),
    ),
  );
  return nearest(chains) ?? { verdict: 'not_known', links: [] };
}

/** What no principal of an account can change. */
const ofEverybody: readonly LinkName[] = ['key', 'key_state', 'public_access_block'];

/** Whether anybody of an account can: its root user, its users and its roles. */
export function answerForAccount(
  accountId: string,
  identities: Told<readonly Asker[]>,
  subject: Subject,
  names: Names,
): Answer {
  const askers = [
    ...(identities.state === 'told' ? identities.value : []),
    rootAsker(accountId, subject.partition),
  ];
  const chains = askers.map((asker) => ({ asker, ...chainFor(asker, subject, names) }));
  const best = nearest(chains);
  if (best === undefined) throw new Error('an account has a root user');
  const isClosed = best.links.some(({ link, verdict }) => verdict === 'denied' && ofEverybody.includes(link));
  const isOpen = identities.state === 'not_told' && best.verdict !== 'allowed' && !isClosed;
  const answers = chains.map(({ asker, verdict }) => ({
    principal: asker.judged.identity.arn,
    word: wordOf(verdict),
  }));
  return {
    word: isOpen ? 'unknown' : wordOf(best.verdict),
    principal: best.asker.judged.identity.arn,
    links: best.links,
    decisive: decisive(best.links) ?? null,
    principals: (['yes', 'unknown'] as const).flatMap((word) => answers.filter((each) => each.word === word)),
    gaps: identities.state === 'not_told' ? [`users and roles are not known: ${identities.why}`] : [],
  };
}
