import { parseArgs } from 'node:util';
import { filledBlocks } from './blocks.ts';
import { dashboardFiles } from './dashboards.ts';
import { staleFiles, write } from './files.ts';
import { formatted } from './formatted.ts';
import { keyLossView } from './key-loss-view.ts';
import { obsoletePages, pages } from './pages.ts';

/** `npm run docs` writes what is generated from the product's own definitions; with --check it only says what is stale. */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const generated = [
  ...(await formatted([...(await pages()), ...(await filledBlocks()), ...dashboardFiles()])),
  keyLossView(),
];
const obsolete = await obsoletePages(generated);

if (values.check) {
  const stale = [...(await staleFiles(generated)), ...obsolete];
  if (stale.length > 0) {
    process.stderr.write(`Run \`npm run docs\`: these are not as the code says.\n${stale.join('\n')}\n`);
    process.exitCode = 1;
  }
} else {
  for (const path of await write(generated, obsolete)) process.stdout.write(`${path}\n`);
}
