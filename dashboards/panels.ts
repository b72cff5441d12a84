import { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TableCellDisplayMode,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  type GridPos,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { colourOf, wordMappings } from './colours.ts';
import { consoleColumn } from './console.ts';
import { datasource, query } from './query.ts';

/** A panel that has no id and no place yet: layout.ts gives both. */
export interface Placeable extends Builder<Panel> {
  id(id: number): this;
  gridPos(position: GridPos): this;
}

/** What a panel asks, and how that is explained. */
export interface Question {
  readonly title: string;
  readonly description: string;
  readonly sql: string;
  /** Units of columns, by Grafana's names. */
  readonly units?: Readonly<Record<string, string>>;
}

const fixed = (color: string): DynamicConfigValue[] => [
  { id: 'color', value: { mode: 'fixed', fixedColor: color } },
];

/**
 * Numbers, a column each. Above zero they take `color`; zero is never green, since only the column `unknown` beside
 * it tells whether zero is good news.
 */
export const stat = (
  { title, description, sql }: Question,
  color = 'text',
  unit = 'locale',
  /** From where on it is painted. */
  from = 1,
): Stat =>
  new Stat()
    .title(title)
    .description(description)
    .datasource(datasource)
    .withTarget(query(sql))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields('/.*/'))
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.ValueAndName)
    .orientation(VizOrientation.Vertical)
    .unit(unit)
    .noValue('not known')
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
        { value: null, color: 'text' },
        { value: from, color },
      ]),
    )
    .overrideByRegexp('/unknown/', [...fixed(colourOf('unknown')), { id: 'unit', value: 'locale' }]);

/** Rows; known words are painted, and what is not known says so. A column `console` is a link. */
export function table({ title, description, sql, units = {} }: Question): Table {
  const rows = new Table()
    .title(title)
    .description(description)
    .datasource(datasource)
    .withTarget(query(sql))
    .mappings(wordMappings)
    .cellOptions({ type: TableCellDisplayMode.ColorText, wrapText: true })
    .filterable(true)
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([{ value: null, color: 'text' }]),
    )
    .noValue('none');
  for (const [column, unit] of Object.entries(units))
    rows.overrideByName(column, [{ id: 'unit', value: unit }]);
  if (/ AS console\b/.test(sql)) rows.overrideByName(...consoleColumn);
  return rows;
}

/** Stacked areas over time: the column `time`, and one for each part; what is called unknown is a line of its own. */
export function overTime({ title, description, sql }: Question, parts: readonly string[]): TimeSeries {
  const chart = new TimeSeries()
    .title(title)
    .description(description)
    .datasource(datasource)
    .withTarget(query(sql))
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
    .fillOpacity(60)
    .lineWidth(1)
    .unit('locale')
    .min(0)
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([{ value: null, color: 'text' }]),
    )
    .overrideByRegexp('/unknown/', [
      ...fixed(colourOf('unknown')),
      { id: 'custom.stacking', value: { mode: StackingMode.None, group: 'B' } },
      { id: 'custom.fillOpacity', value: 0 },
      { id: 'custom.lineWidth', value: 2 },
    ]);
  for (const part of parts) chart.overrideByName(part, fixed(colourOf(part)));
  return chart;
}

/** Stacked bars: a text column names the bars, the others are their parts, painted by their names. */
export function bars(question: Question, names: string, parts: readonly string[], unit = 'locale'): BarChart {
  const chart = new BarChart()
    .title(question.title)
    .description(question.description)
    .datasource(datasource)
    .withTarget(query(question.sql))
    .xField(names)
    .orientation(VizOrientation.Horizontal)
    .stacking(StackingMode.Normal)
    .fillOpacity(90)
    .unit(unit);
  for (const part of parts) chart.overrideByName(part, fixed(colourOf(part)));
  return chart;
}
