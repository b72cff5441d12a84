interface Point {
  /** What is counted: each has a panel of its own. */
  readonly over: string;
  readonly count: number;
  /** Peak RSS. */
  readonly MiB: number;
}

/** Peak memory over keys, and beside it over scopes: both must stay flat. An SVG of its own. */
export async function plotMemory(points: readonly Point[], goalMiB: number): Promise<string> {
  const Plot = await import('@observablehq/plot');
  const { parseHTML } = await import('linkedom');
  const { document } = parseHTML('<!doctype html><body></body>');
  const place = { fx: 'over', x: 'count', y: 'MiB' } as const;
  const chart = Plot.plot({
    document,
    width: 760,
    height: 280,
    marginTop: 40,
    fx: { label: null, padding: 0.08, domain: [...new Set(points.map(({ over }) => over))] },
    x: {
      type: 'log',
      domain: [10, 200_000],
      label: 'how many',
      tickFormat: (count: number) => count.toLocaleString('en'),
    },
    y: { label: 'peak RSS, MiB', domain: [0, goalMiB + 50], grid: true },
    marks: [
      Plot.ruleY([goalMiB], { strokeDasharray: '4 3' }),
      Plot.lineY(points, place),
      Plot.dot(points, place),
      Plot.text(points, { ...place, text: (point: Point) => String(Math.round(point.MiB)), dy: -10 }),
    ],
  });
  for (const style of chart.querySelectorAll('style')) style.remove();
  const head = '<svg xmlns="http://www.w3.org/2000/svg"';
  const title = '<title>Peak memory over the number of keys, and over accounts × regions</title>';
  return `${chart.outerHTML.replace('<svg', head).replace('>', `>${title}`)}\n`;
}
