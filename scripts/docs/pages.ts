import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationDocs } from '../../src/spec/docs.ts';
import { tables } from '../../src/tables/index.ts';
import { checkout, type GeneratedFile } from './files.ts';
import { code, markdownTable } from './markdown.ts';
import { servicesPage } from './services-page.ts';
import { tablePage } from './table-page.ts';

const folder = 'docs/tables';

/** The files that are generated as a whole. */
export async function pages(): Promise<GeneratedFile[]> {
  const ofTables = tables.map(async (table) => ({
    path: `${folder}/${table.name}.md`,
    text: await tablePage(table),
  }));
  return [
    { path: 'docs/_configuration.md', text: configurationDocs() },
    { path: 'docs/services.md', text: servicesPage() },
    { path: `${folder}/README.md`, text: tableIndex() },
    ...(await Promise.all(ofTables)),
  ];
}

/** Pages of tables that are no more. */
export async function obsoletePages(files: readonly GeneratedFile[]): Promise<string[]> {
  const names = await readdir(join(checkout, folder)).catch(() => []);
  const wanted = new Set(files.map(({ path }) => path));
  return names.map((name) => `${folder}/${name}`).filter((path) => !wanted.has(path));
}

function tableIndex(): string {
  const rows = tables.map(({ name, title, doc }) => [`[${code(name)}](${name}.md)`, title, doc]);
  return `# Tables

${markdownTable(['Table', 'Title', 'What is in it'], rows)}
`;
}
