import { dashboards } from '../../dashboards/index.ts';
import type { GeneratedFile } from './files.ts';

/** Grafana's dashboards as it imports them. */
export const dashboardFiles = (): GeneratedFile[] =>
  Object.entries(dashboards).map(([file, dashboard]) => ({
    path: `dashboards/${file}`,
    text: `${JSON.stringify(dashboard, null, 2)}\n`,
  }));
