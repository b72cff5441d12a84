import { visibleJson } from '../../visible.ts';
import type { Answer } from '../answer.ts';
import type { Explanation } from '../explain.ts';
import type { Link } from '../link.ts';
import type { OthersAnswer } from '../others.ts';

/** For programs: everything, in names that will stay. */
export function formatJson({ asked, resource, accountId, key, by, notes }: Explanation): string {
  const document = {
    answer: by.answer.word,
    question: asked,
    resource,
    account_id: accountId,
    key,
    ...(by.kind === 'everybody' ? ofEverybody(by.answer) : ofPrincipals(by.kind, by.who, by.answer)),
    notes,
  };
  return `${visibleJson(document)}\n`;
}

const ofPrincipals = (
  kind: 'principal' | 'account',
  who: string,
  { principal, links, decisive, principals, gaps }: Answer,
) => ({
  [kind]: who,
  chain_of: principal,
  decided_by: decisive && linkDocument(decisive),
  chain: links.map(linkDocument),
  ...(principals && { principals: principals.map((each) => ({ arn: each.principal, answer: each.word })) }),
  gaps,
});

const ofEverybody = ({ letIn, explanation }: OthersAnswer) => ({
  let_in: letIn.map(({ who, word, why }) => ({ who, answer: word, why })),
  explanation,
});

const linkDocument = ({ link, action, verdict, policy, attachedTo, statement, why }: Link) => ({
  link,
  action,
  verdict,
  policy,
  attached_to: attachedTo,
  statement: statement && { index: statement.index, sid: statement.sid },
  why,
});
