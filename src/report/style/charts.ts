import { tones } from './colours.ts';

/** Charts and their legends. */
export const charts = `
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-bottom: 10px; font-size: 12.5px; color: var(--quiet); }
.legend li { display: flex; align-items: center; gap: 6px; }
.swatch { width: 11px; height: 11px; border-radius: 3px; flex: none; background: var(--tone); }
.swatch.framed { background: none; border: 2px solid var(--tone); }
${tones.map((tone) => `.tone-${tone} { --tone: var(--${tone}); }`).join('\n')}
.tone-unknown { --tone: repeating-linear-gradient(45deg, var(--unknown) 0 3px, var(--unknown-hatch) 3px 4px); }

.chart { container-type: inline-size; }
.chart svg { display: block; max-width: 100%; height: auto; overflow: visible; font-family: inherit; font-variant-numeric: tabular-nums; }
.chart svg text { white-space: pre; }
.from-520, .from-780, .from-1100 { display: none; }
@container (min-width: 520px) { .from-520 { display: block; } .below-520 { display: none; } }
@container (min-width: 780px) { .from-780 { display: block; } .below-780 { display: none; } }
@container (min-width: 1100px) { .from-1100 { display: block; } .below-1100 { display: none; } }
`;
