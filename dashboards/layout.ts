import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Placeable } from './panels.ts';

/** Columns of Grafana's grid. */
const columns = 24;

/** Panels side by side, of one height and one width. */
export interface Row {
  /** In units of Grafana's grid, about 38 pixels. */
  readonly height: number;
  readonly panels: readonly (Placeable | Leading)[];
}

/** A panel whose numbers lead to their rows: to a panel of the same dashboard, or to an address. */
export interface Leading {
  readonly panel: Placeable & { dataLinks(links: DashboardLinkBuilder[]): unknown };
  readonly to: Placeable | string;
}

const panelOf = (item: Placeable | Leading): Placeable => ('panel' in item ? item.panel : item);

/** The address of a panel, alone on the screen, for what is chosen. */
export const panelAddress = (dashboard: string, id: number): string =>
  `/d/${dashboard}?viewPanel=${id}&\${__all_variables}`;

/** Places rows of panels one below the other and numbers the panels: Grafana wants both, and gives neither. */
export function place(dashboard: DashboardBuilder, uid: string, rows: readonly Row[]): DashboardBuilder {
  const items = rows.flatMap(({ panels }) => panels);
  const ids = new Map(items.map((item, i) => [panelOf(item), i + 1]));
  let y = 0;
  for (const { height, panels } of rows) {
    const width = columns / panels.length;
    for (const [i, item] of panels.entries()) {
      const panel = panelOf(item);
      if ('panel' in item) item.panel.dataLinks([rowsLink(addressOf(item.to, uid, ids))]);
      dashboard.withPanel(panel.id(ids.get(panel) ?? 0).gridPos({ h: height, w: width, x: i * width, y }));
    }
    y += height;
  }
  return dashboard.uid(uid);
}

function addressOf(to: Leading['to'], uid: string, ids: ReadonlyMap<Placeable, number>): string {
  if (typeof to === 'string') return to;
  const id = ids.get(to);
  if (id === undefined) throw new Error(`A number of ${uid} leads to a panel that is not on it.`);
  return panelAddress(uid, id);
}

const rowsLink = (url: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder('Its rows').type(DashboardLinkType.Link).url(url);

/** A link at the top to another dashboard, for what is chosen. */
export const linkTo = (title: string, uid: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .url(`/d/${uid}`)
    .includeVars(true)
    .keepTime(true);
