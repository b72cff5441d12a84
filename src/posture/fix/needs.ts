import { type Binding, bindingOf } from './binding.ts';
import type { Lock, Party, PartyUse } from './locked.ts';
import { whoOf } from './party.ts';
import { type Need, needsOf } from './statements.ts';

/** What a party needs of a key, or why that cannot be written, as a sentence. */
export type PartyNeeds = readonly Need[] | string;

/** What a party needs of a key to do what it is locked out of. @param accept which of it */
export function needsOfParty(
  party: Party,
  { subject }: Lock,
  accept: (use: PartyUse) => boolean = () => true,
): PartyNeeds {
  const needs: Need[] = [];
  for (const { operation, verdict } of party.locked.filter(accept)) {
    for (const admission of verdict.admissions) {
      const binding = bindingOf(operation.request(admission), {
        arn: subject.arn,
        accountId: subject.scope.accountId,
      });
      if (binding === null) return unbound(subject.name);
      const who = whoOf(admission, party.entity, subject.context);
      if (typeof who === 'string') return `No statement is proposed for ${party.name}: ${who}.`;
      if (who !== null) needs.push({ who, actions: [...operation.keyActions].sort(), binding });
    }
  }
  return needs.length === 0
    ? `Nobody of ${party.name} signs requests, and KMS answers no others.`
    : needsOf(needs);
}

/** Why no statement opens a resource alone, as a sentence. */
export const unbound = (name: string): string =>
  `AWS documents no encryption context that tells ${name} from others under the same key, so a statement would open them, too.`;

/** Whether a grant can be tied to the resource: its constraints take whole values only. */
export const isExact = ({ context }: Binding): boolean =>
  Object.values(context).every(
    (values) => values.length === 1 && values.every((value) => !/[*?]/.test(value)),
  );
