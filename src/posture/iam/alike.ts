import { covers } from '../policy/pattern.ts';
import type { Identity } from './account-iam.ts';
import type { Asked } from './asked.ts';
import { tagsOfSessions } from './caller-requests.ts';

/** What a principal answers to what is asked: two that answer the same fare the same. */
export function answerOfPrincipal(identity: Identity, asked: Asked): string {
  const { type, arn, accountId, name } = identity;
  if (asked.asksWho) return arn;
  const isNamed = asked.arns.has(arn) || asked.arns.has(`${accountId}/${name}`);
  const named = isNamed ? arn : '';
  const matched = asked.patterns.map((pattern) => (covers(pattern, arn) ? 1 : 0)).join('');
  return JSON.stringify([type, named, matched, asked.tags.length === 0 ? [] : tagsAsked(identity, asked)]);
}

/** Null: those of its sessions are not known. */
function tagsAsked(identity: Identity, asked: Asked): readonly string[] | null {
  const tags = tagsOfSessions(identity);
  return tags && tagsOf(tags, asked.tags);
}

/** The same of a key. @param tags undefined: not known */
export function answerOfKey(
  arn: string,
  tags: Readonly<Record<string, string>> | undefined,
  { resources, resourcePatterns, keyTags, asksWhich }: Asked,
): string {
  if (asksWhich) return arn;
  const named = resources.has(arn) ? arn : '';
  const matched = resourcePatterns.map((pattern) => (covers(pattern, arn) ? 1 : 0)).join('');
  return JSON.stringify([named, matched, tags === undefined ? null : tagsOf(tags, keyTags)]);
}

/** Keys of tags are the same in small and capital letters. */
function tagsOf(tags: Readonly<Record<string, string>>, asked: readonly string[]): readonly string[] {
  if (asked.length === 0) return [];
  return Object.entries(tags)
    .filter(([name]) => asked.includes(name.toLowerCase()))
    .map(([name, value]) => `${name.toLowerCase()}=${value}`)
    .sort();
}

/** Some identities, at least one. */
export type Identities = readonly [Identity, ...Identity[]];

/** Identities by a name that is the same for those that fare alike. */
export function alikeBy(
  identities: readonly Identity[],
  nameOf: (identity: Identity) => string,
): ReadonlyMap<string, Identities> {
  const byName = new Map<string, [Identity, ...Identity[]]>();
  for (const identity of identities) {
    const name = nameOf(identity);
    const same = byName.get(name);
    if (same) same.push(identity);
    else byName.set(name, [identity]);
  }
  return byName;
}
