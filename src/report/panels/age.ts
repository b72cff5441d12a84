import { stackedBars } from '../chart/bars.ts';
import { legend } from '../chart/legend.ts';
import { tablesOfKeys } from '../coverage.ts';
import { html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { number, ofUnknownType, phrase, unknown } from '../words.ts';
import { rotationLegend, rotationSegments } from './rotation-words.ts';

interface Row {
  readonly age: keyof typeof ages;
  readonly rotation: string;
  readonly keys: number;
  /** False: its type is not known, and AWS may manage it. */
  readonly is_customer_managed: boolean;
}

const ages = {
  '0': 'under 1 year',
  '1': '1 to 2 years',
  '2': '2 to 3 years',
  '3': '3 to 5 years',
  '5': '5 years and more',
  unknown: 'age unknown',
} as const;

const frame: Frame = {
  id: 'age',
  title: 'Age of customer managed keys',
  views: ['rotation'],
  tables: tablesOfKeys,
};

/** How old customer managed keys are, and whether the old ones rotate. */
export function agePanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const all = await reader.rows<Row>(AGES);
    const rows = all.filter(({ is_customer_managed }) => is_customer_managed);
    const untold = sumOf(all) - sumOf(rows);
    const bars = Object.entries(ages)
      .map(([age, label]) => {
        const own = rows.filter((row) => row.age === age);
        return { id: age, label, segments: rotationSegments(own), end: number(sumOf(own)) };
      })
      .filter(({ id, end }) => id !== 'unknown' || end !== '0');
    const old = rows.filter(({ age, rotation }) => (age === '3' || age === '5') && rotation === 'disabled');
    const open = rows.filter(({ age }) => age === 'unknown');
    return {
      lead: html`${number(sumOf(old))} of those that could rotate and do not ${sumOf(old) === 1 ? 'is' : 'are'} 3 years old or more${
        sumOf(open) > 0 ? html`; ${unknown(`age of ${number(sumOf(open))} unknown`)}` : nothing
      }${ofUnknownType(untold)}.`,
      body:
        rows.length === 0
          ? none('No customer managed key was seen.')
          : html`${legend(rotationLegend(rows))}
${stackedBars(bars, { label: `Customer managed keys by age: ${bars.map(({ label, end }) => `${label} ${end}`).join(', ')}`, print: number }, [320, 520, 780])}
${dataTable<Row>(
  'Customer managed keys by age and rotation',
  [
    { head: 'Age', cell: ({ age }) => (age === 'unknown' ? null : ages[age]) },
    { head: 'Rotation', cell: ({ rotation }) => (rotation === 'unknown' ? null : phrase(rotation)) },
    { head: 'Keys', cell: ({ keys }) => keys, numeric: true },
  ],
  rows,
)}`,
    };
  });
}

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, { keys }) => sum + keys, 0);

const AGES = `
  WITH aged AS (
    SELECT
      key_type <> 'unknown' AS is_customer_managed,
      CASE WHEN rotation_state = 'enabled' AND rotation_paused THEN 'paused' ELSE rotation_state END AS rotation,
      EXTRACT(YEAR FROM age(now() AT TIME ZONE 'UTC', creation_date)) AS years
    FROM aws_encryption.current_keys
    WHERE key_type NOT IN ('aws_managed', 'aws_owned')
  )
  SELECT
    CASE
      WHEN years >= 5 THEN '5'
      WHEN years >= 3 THEN '3'
      WHEN years >= 2 THEN '2'
      WHEN years >= 1 THEN '1'
      WHEN years IS NOT NULL THEN '0'
      ELSE 'unknown'
    END AS age,
    rotation,
    count(*)::integer AS keys,
    is_customer_managed
  FROM aged
  GROUP BY 1, 2, is_customer_managed
  ORDER BY 1, 2
`;
