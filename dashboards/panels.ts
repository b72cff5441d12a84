import { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
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
import { colourOf, wordMappings } from './colours.ts';
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
}

const fixed = (color: string): DynamicConfigValue[] => [
  { id: 'color', value: { mode: 'fixed', fixedColor: color } },
];

/**
 * Numbers, a column each. Above zero they take `color`; zero is never green, since only the column `unknown` beside
 * it tells whether zero is good news.
 */
export const stat = ({ title, description, sql }: Question, color = 'text', unit = 'none'): Placeable =>
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
        { value: 1, color },
      ]),
    )
    .overrideByRegexp('/unknown/', [...fixed(colourOf('unknown')), { id: 'unit', value: 'none' }]);

/** Rows; known words are painted, and what is not known says so. */
export const table = ({ title, description, sql }: Question): Placeable =>
  new Table()
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

/** Stacked bars: a text column names the bars, the others are their parts, painted by their names. */
export function bars(question: Question, names: string, parts: readonly string[], unit = 'none'): Placeable {
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
