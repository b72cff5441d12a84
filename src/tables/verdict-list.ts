import { textList } from './column.ts';

/** Every cause by which somebody is locked out, and what else holds of others: the verdict over all names one of them. */
export const verdictList = (verdict: string) =>
  textList(
    `How those who are let in fare, services too: each word of \`${verdict}\` that holds of one of them, \`unknown\` also where more may be let in than is known; in the order of that column. Empty when nobody is let in; null in rows of older versions.`,
  );
