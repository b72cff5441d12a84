import { stackedBars } from '../chart/bars.ts';
import { legend } from '../chart/legend.ts';
import { tablesOfKeys } from '../coverage.ts';
import { type Html, html } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { count, number, orUnknown, phrase, typeName, unknown } from '../words.ts';
import { rotationLegend, rotationSegments } from './rotation-words.ts';

interface KeyType {
  readonly key_type: string;
  readonly title: string;
  readonly multi_account_access: string | null;
  readonly automatic_rotation: string | null;
  readonly pricing_class: string | null;
  readonly keys: number | null;
  readonly accounts: number;
  readonly regions: number;
  readonly all_keys_read: boolean;
}

interface Rotation {
  readonly key_type: string;
  readonly rotation: string;
  readonly keys: number;
}

const frame: Frame = {
  id: 'key-types',
  title: 'Key types and rotation',
  views: ['key_types', 'rotation'],
  tables: tablesOfKeys,
};

/** The article's table, live: how many keys there are of each type, and whether they rotate. */
export function keyTypesPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async () => {
    const types = await reader.rows<KeyType>(KEY_TYPES);
    const rotations = await reader.rows<Rotation>(ROTATIONS);
    // A row of nothing is left out of the chart for "unknown" only: that no type is unknown needs no bar.
    const shown = types.filter(({ key_type, keys }) => key_type !== 'unknown' || keys !== 0);
    const bars = shown.map((type) => ({
      id: type.key_type,
      label: typeName(type.key_type),
      segments: rotationSegments(rotationOf(type, rotations)),
      end: type.keys === null ? 'not looked for' : number(type.keys),
    }));
    return {
      lead: leadOf(types),
      body: html`${legend(rotationLegend(rotations))}
${stackedBars(bars, { label: `Keys by type and rotation: ${shown.map((type) => `${typeName(type.key_type)} ${type.keys ?? 'not looked for'}`).join(', ')}`, print: number })}
${tablesOf(types, rotations)}`,
    };
  });
}

const rotationOf = (type: KeyType, rotations: readonly Rotation[]) =>
  rotations.filter(({ key_type }) => key_type === type.key_type);

function leadOf(types: readonly KeyType[]): Html {
  const sum = (of: (type: KeyType) => boolean) =>
    types.filter(of).reduce((total, { keys }) => total + (keys ?? 0), 0);
  const customer = sum(({ key_type }) => key_type.startsWith('customer_managed'));
  const managed = sum(({ key_type }) => key_type === 'aws_managed');
  const open = sum(({ key_type }) => key_type === 'unknown');
  const atLeast = types.every(({ all_keys_read }) => all_keys_read) ? '' : 'At least ';
  return html`${atLeast}${count(customer, 'customer managed key')}, ${number(managed)} AWS managed${
    open > 0 ? html`, ${unknown(`${number(open)} of unknown type`)}` : ''
  }.`;
}

function tablesOf(types: readonly KeyType[], rotations: readonly Rotation[]): Html {
  return dataTable<KeyType>(
    'Key types, what they allow, and rotation',
    [
      { head: 'Key type', cell: ({ title }) => title },
      { head: 'Keys', cell: ({ keys }) => (keys === null ? unknown('not looked for') : keys), numeric: true },
      { head: 'Accounts', cell: ({ accounts }) => accounts, numeric: true },
      { head: 'Regions', cell: ({ regions }) => regions, numeric: true },
      ...rotationSegments([]).map(({ word, title }) => ({
        head: title,
        cell: (type: KeyType) =>
          rotationSegments(rotationOf(type, rotations)).find((segment) => segment.word === word)?.value ?? 0,
        numeric: true,
      })),
      { head: 'Multi-account access', cell: (type) => orUnknown(type.multi_account_access) },
      { head: 'Automatic rotation', cell: (type) => orUnknown(type.automatic_rotation) },
      {
        head: 'Pricing',
        cell: ({ pricing_class }) => (pricing_class === null ? null : phrase(pricing_class)),
      },
    ],
    types,
    'key-types-rows',
  );
}

const KEY_TYPES = `
  SELECT
    key_type, title, multi_account_access, automatic_rotation, pricing_class,
    keys::integer, accounts::integer, regions::integer, all_keys_read
  FROM aws_encryption.key_types
  ORDER BY position, key_type
`;

const ROTATIONS = `
  SELECT key_type, rotation, sum(keys)::integer AS keys
  FROM aws_encryption.rotation
  GROUP BY key_type, rotation
`;
