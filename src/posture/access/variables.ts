import { ANY_TEXT, LITERAL_QUESTION_MARK, LITERAL_STAR } from '../policy/pattern.ts';
import type { ResourceContext } from './admission.ts';
import { type Filled, isOpen, variableOfCaller } from './caller.ts';

/** A text whose policy variables are filled in. */
export interface FilledText {
  readonly text: string;
  /** True where a variable is not known here: ANY_TEXT stands for it. */
  readonly open: boolean;
}

/** With the characters themselves in place of what stood for them while wildcards were compiled. */
export const unescaped = (pattern: string): string =>
  pattern.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_QUESTION_MARK, '?');

const characters: Readonly<Record<string, string>> = {
  '*': LITERAL_STAR,
  '?': LITERAL_QUESTION_MARK,
  $: '$',
};

/**
 * Fills in `${…}`: known variables by their value, `${*}`, `${?}`, `${$}` by the character, the rest by "anything". Null
 * where a variable has no value and no default: the text then matches nothing (IAM user guide, "Policy variables and
 * tags", read 2026-11-29).
 */
export function fillVariables(value: string, context: ResourceContext): FilledText | null {
  let open = false;
  let isAbsent = false;
  const text = value.replaceAll(/\$\{([^}]*)\}/g, (_, content: string) => {
    const filled = variable(content, context);
    if (filled.state === 'absent') isAbsent = true;
    if (filled.state !== 'filled') {
      open = true;
      return ANY_TEXT;
    }
    if (isOpen(filled.text)) open = true;
    return filled.text;
  });
  return isAbsent ? null : { text, open };
}

/** @param content `aws:PrincipalTag/team`, or with a default `aws:PrincipalTag/team, 'none'` */
function variable(content: string, context: ResourceContext): Filled {
  const character = characters[content];
  if (character !== undefined) return { state: 'filled', text: character };
  const [, name = content, fallback] = /^([^,]*),\s*'(.*)'\s*$/.exec(content) ?? [];
  const filled = named(name.trim().toLowerCase(), context);
  return filled.state === 'absent' && fallback !== undefined ? { state: 'filled', text: fallback } : filled;
}

function named(id: string, { viewpoint, caller }: ResourceContext): Filled {
  if (id === 'aws:resourceaccount') return { state: 'filled', text: viewpoint.ownAccountId };
  const { organizationId } = viewpoint;
  if (id === 'aws:resourceorgid' && organizationId !== null) return { state: 'filled', text: organizationId };
  return caller === undefined ? { state: 'open' } : variableOfCaller(id, caller);
}
