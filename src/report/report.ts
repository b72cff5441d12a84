import type { ClientBase } from 'pg';
import { readCoverage } from './coverage.ts';
import { readNumbers } from './numbers.ts';
import { page } from './page.ts';
import type { Panel, Source } from './panel.ts';
import { accountMatrixPanel } from './panels/account-matrix.ts';
import { agePanel } from './panels/age.ts';
import { changePanel } from './panels/change.ts';
import { costPanel } from './panels/cost.ts';
import { doFirstPanel } from './panels/do-first.ts';
import { keyTypesPanel } from './panels/key-types.ts';
import { keyUsesPanel } from './panels/key-uses.ts';
import { lockedPanel } from './panels/locked.ts';
import { outsidePanel } from './panels/outside.ts';
import { pendingDeletionsPanel } from './panels/pending-deletions.ts';
import { rotationPanel } from './panels/rotation.ts';
import { trendPanel } from './panels/trend.ts';
import { withReader } from './reader.ts';
import { pointOf, readPrevious } from './snapshot.ts';

/** In the order of the page; what is new since the last report comes after them. */
const panels: readonly ((source: Source) => Promise<Panel>)[] = [
  accountMatrixPanel,
  lockedPanel,
  outsidePanel,
  rotationPanel,
  keyTypesPanel,
  pendingDeletionsPanel,
  keyUsesPanel,
  costPanel,
  agePanel,
];

/** The posture page of a database, compared with an earlier page where there is one. */
export async function reportPage(client: ClientBase, previousFile: string): Promise<string> {
  return withReader(client, async (reader) => {
    const coverage = await readCoverage(reader);
    const numbers = await readNumbers(reader, coverage);
    const previous = await readPrevious(previousFile, pointOf(coverage, numbers));
    const drawn: Panel[] = [];
    for (const panel of panels) drawn.push(await panel({ reader, coverage }));
    const trend = await trendPanel({ reader, coverage });
    return page({
      coverage,
      numbers,
      previous,
      first: await doFirstPanel({ reader, coverage }),
      missingViews: reader.missingViews,
      panels: [...drawn, ...(trend === null ? [] : [trend]), changePanel(numbers, coverage, previous)],
      madeAt: new Date().toISOString().slice(0, 16).replace('T', ' '),
    }).markup;
  });
}
