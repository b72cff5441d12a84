import { trusted } from '../html.ts';
import { charts } from './charts.ts';
import { findings } from './findings.ts';
import { frame } from './frame.ts';
import { media } from './media.ts';
import { tables } from './tables.ts';
import { text } from './text.ts';

/** The page's only style sheet; later rules win over earlier ones. */
export const styleSheet = trusted(
  `<style>${[text, frame, charts, findings, tables, media].join('')}</style>`,
);
