import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Placeable } from './panels.ts';

/** Columns of Grafana's grid. */
const columns = 24;

/** Panels side by side, of one height and one width. */
export interface Row {
  /** In units of Grafana's grid, about 38 pixels. */
  readonly height: number;
  readonly panels: readonly Placeable[];
}

/** Places rows of panels one below the other and numbers the panels: Grafana wants both, and gives neither. */
export function place(dashboard: DashboardBuilder, rows: readonly Row[]): DashboardBuilder {
  let id = 0;
  let y = 0;
  for (const { height, panels } of rows) {
    const width = columns / panels.length;
    for (const [i, panel] of panels.entries()) {
      id += 1;
      dashboard.withPanel(panel.id(id).gridPos({ h: height, w: width, x: i * width, y }));
    }
    y += height;
  }
  return dashboard;
}
