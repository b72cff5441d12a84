import { json } from './column.ts';

/**
 * The column `fix`.
 * @param what it does, without a full stop. @param none where it is null
 */
export const fixColumn = (what: string, none: string) =>
  json(
    `${what}: \`[{for, parties, purpose, steps: [{kind, on, statement, command, why}]}]\`. \`for\` names at most a hundred of \`parties\`, \`purpose\` is \`unlock\` or \`take_away\`; a \`statement\` of null says in \`why\` what stands in the way. Nothing is ever applied. Null ${none}.`,
  );
