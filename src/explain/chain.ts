import type { ResourcePolicies } from '../posture/iam/resource-policies.ts';
import { verdictOf } from '../posture/iam/verdict.ts';
import { allOf, type Link, type LinkVerdict, nearest } from './link.ts';
import { principalLinks } from './principal-links.ts';
import { type Asker, byNothing, type Names, type Question, questions } from './question.ts';
import { resourceLinks } from './resource-links.ts';

/** What must be allowed on one resource: an action of each group. */
export interface Step {
  readonly resource: ResourcePolicies;
  readonly groups: readonly (readonly string[])[];
}

/** Links with what they say together. */
export interface Chain {
  readonly verdict: LinkVerdict;
  readonly links: readonly Link[];
}

/**
 * The chain of a principal through all that must be allowed, policy by policy. Of the actions of a group the one that
 * comes nearest stands for it.
 */
export function chainOf(asker: Asker, steps: readonly Step[], names: Names): Chain {
  const chains = steps.flatMap(({ resource, groups }) =>
    groups.map((group) => nearest(questions(asker, resource, group, names).map(chainOfAction)) ?? nobody),
  );
  return joined(chains);
}

/** Several chains that must all allow. */
export const joined = (chains: readonly Chain[]): Chain => ({
  verdict: allOf(chains.map(({ verdict }) => verdict)),
  links: chains.flatMap(({ links }) => links),
});

/** A chain of links that each speak for themselves. */
export const chainOfLinks = (links: readonly Link[]): Chain => ({
  verdict: allOf(links.map(({ verdict }) => verdict)),
  links,
});

/** An ARN that is of no user, role or root user. */
const nobody: Chain = chainOfLinks([
  byNothing({ action: null }, 'iam', 'not_known', 'the ARN is of no user, role or root user'),
]);

function chainOfAction(question: Question): Chain {
  const links = [...principalLinks(question), ...resourceLinks(question)];
  if (question.asker.missing !== null) return { verdict: 'denied', links };
  const all = together(question);
  const verdict = verdictOfAll(all, links);
  // Where no policy alone decides, all of them together do.
  const isTold = verdict === allOf(links.map((link) => link.verdict));
  return { verdict, links: isTold ? links : [...links, all] };
}

/** A link may leave open what the policies together allow (SCPs of a strange organization), and settles nothing else. */
function verdictOfAll(all: Link, links: readonly Link[]): LinkVerdict {
  if (all.verdict !== 'allowed') return all.verdict;
  return links.every(({ verdict }) => verdict === 'allowed') ? 'allowed' : 'not_known';
}

/** What all policies say together, which no link may outdo. */
function together(question: Question): Link {
  const { sure, most, dependsOn } = verdictOf(question.weighed);
  const { bit } = question;
  if ((sure & bit) !== 0n) return byNothing(question, 'together', 'allowed', 'all of them allow it');
  if ((most & bit) === 0n)
    return byNothing(question, 'together', 'denied', 'what one allows the other does not');
  const why = dependsOn.length === 0 ? 'for a part of the requests' : `it depends on ${dependsOn.join(', ')}`;
  return byNothing(question, 'together', 'not_known', why);
}
