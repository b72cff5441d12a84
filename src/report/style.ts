import { trusted } from './html.ts';

/** Every colour has one meaning, in light and in dark; text on it, and it on the page, keep WCAG's contrast. */
const light = `
  --page: #f5f6f4; --paper: #ffffff; --ink: #1a2230; --quiet: #566071; --line: #d9dde3; --cell: #eef0f2;
  --link: #1d5fa8; --on-tone: #ffffff;
  --good: #0e766b; --aws: #2f6db5; --muted: #7a6510; --plain: #766559; --neutral: #667085; --dim: #434d5e;
  --warning: #b0510d; --danger: #b3261e; --extreme: #851541;
  --unknown: #6a40bf; --unknown-hatch: #7d57cc; --unknown-wash: #f1ecfb; --warning-wash: #fdf3ea; --shade: #1a223033;
`;

const dark = `
  --page: #0f141a; --paper: #171d25; --ink: #e7ebf0; --quiet: #a2adbb; --line: #2f3945; --cell: #222a34;
  --link: #8cbcf3; --on-tone: #10151b;
  --good: #4dc1b1; --aws: #80b2ec; --muted: #d0b64a; --plain: #c2b0a2; --neutral: #a0aab8; --dim: #d3dae3;
  --warning: #ee9a5c; --danger: #f28b82; --extreme: #ff4fa3;
  --unknown: #c0a4f4; --unknown-hatch: #ab8be8; --unknown-wash: #262037; --warning-wash: #2b2118; --shade: #00000099;
`;

const tones = ['good', 'aws', 'muted', 'plain', 'neutral', 'dim', 'warning', 'danger', 'extreme'];

const css = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
header, main, footer { max-width: 1240px; margin: 0 auto; padding: 0 28px; }
header { padding-top: 18px; }
footer { padding-top: 28px; padding-bottom: 36px; color: var(--quiet); font-size: 13px; }
h1 { margin: 0; font-size: 15px; font-weight: 600; color: var(--quiet); }
h2 { margin: 0; font-size: 17px; line-height: 1.3; }
p { margin: 0; }
ul { margin: 0; padding: 0; list-style: none; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 12px; top: 12px; padding: 8px 12px; background: var(--paper); z-index: 1; }
.patterns { position: absolute; }
.verdict { margin: 4px 0 8px; font-size: 23px; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; text-wrap: balance; }
.verdict .unknown { font-size: 0.8em; }
.quiet { color: var(--quiet); }
.whole { white-space: nowrap; }
.unknown {
  padding: 0 5px; border-radius: 4px; background: var(--unknown-wash); color: var(--unknown);
  font-weight: 600; box-decoration-break: clone; -webkit-box-decoration-break: clone;
}
.fine { color: var(--good); font-weight: 600; }

.coverage { margin: 12px 0 0; padding: 8px 20px; border-radius: 10px; background: var(--paper); border: 1px solid var(--line); }
.coverage.warns { background: var(--unknown-wash); border-color: var(--unknown); }
.coverage h2 { display: inline; font-size: 15px; }
.coverage summary { color: inherit; font-size: 14px; }
.coverage summary:hover h2 { text-decoration: underline; }
.coverage.warns h2 { color: var(--unknown); }
.coverage li { margin-top: 4px; overflow-wrap: anywhere; max-width: 75em; }
.coverage.warns .unknown { background: none; padding: 0; }

.tiles { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; margin-top: 20px; }
.tile { display: flex; border-radius: 10px; background: var(--paper); border: 1px solid var(--line); border-top: 4px solid var(--line); }
.tile a { flex: 1; display: flex; flex-direction: column; padding: 12px 16px 14px; color: inherit; text-decoration: none; }
.tile a:hover .tile-title { text-decoration: underline; }
.tile-title { color: var(--quiet); font-size: 13px; line-height: 1.35; min-height: 2.7em; }
.tile-value { margin: 4px 0 6px; font-size: 30px; line-height: 1.15; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tile-value .unknown { font-size: 18px; letter-spacing: 0; }
.at-least { display: block; font-size: 12px; font-weight: 500; letter-spacing: 0; color: var(--quiet); }
.tile-notes { display: flex; flex-direction: column; align-items: flex-start; gap: 3px; font-size: 12.5px; line-height: 1.4; }
.tile.is-danger { border-top-color: var(--danger); } .tile.is-danger .tile-value { color: var(--danger); }
.tile.is-warning { border-top-color: var(--warning); } .tile.is-warning .tile-value { color: var(--warning); }
.tile.is-good { border-top-color: var(--good); } .tile.is-good .tile-value { color: var(--good); }
.tile.is-unknown { border-top-color: var(--unknown); }
.tile .tile-value .at-least { color: var(--quiet); }

.panels { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; margin-top: 16px; }
.panel { padding: 20px 24px 16px; border-radius: 10px; background: var(--paper); border: 1px solid var(--line); min-width: 0; }
@media (min-width: 1080px) { .tiles { grid-template-columns: repeat(6, minmax(0, 1fr)); } }
@media (min-width: 1180px) {
  .panels { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .panel.wide { grid-column: 1 / -1; }
}
.lead { margin: 2px 0 14px; color: var(--quiet); }
.note { margin-top: 10px; color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
.empty { padding: 14px 16px; border-radius: 8px; border: 1px dashed var(--line); color: var(--quiet); overflow-wrap: anywhere; }

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

.first { margin: 0; padding: 0; list-style: none; }
.first li { border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.finding summary { color: var(--ink); padding: 3px 0; font-size: 14px; line-height: 1.4; }
.finding summary:hover strong { text-decoration: underline; }
.where { display: block; color: var(--quiet); font-size: 12.5px; }
.first .all { padding: 2px 0 3px; font-size: 12.5px; border-top: 0; }
.finding .more { padding: 2px 0 10px 16px; }
main > .panel { margin-top: 12px; padding: 12px 24px; }
main > .panel .lead { margin-bottom: 8px; }

.findings { display: grid; gap: 14px 32px; grid-template-columns: minmax(0, 1fr); margin-top: 6px; }
@media (min-width: 900px) { .findings.columns { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.chart + .findings { margin-top: 18px; padding-top: 18px; border-top: 1px solid var(--line); }
.findings li { min-width: 0; overflow-wrap: anywhere; }
.finding-head { font-size: 15px; }
.findings .quiet, .explanation { font-size: 13px; }
.explanation { color: var(--quiet); margin-top: 3px; }
.why summary { padding: 2px 0; }
.step { margin: 4px 0 10px; font-size: 13px; }
.step pre { margin: 4px 0 0; padding: 6px 8px; border: 1px solid var(--line); white-space: pre-wrap; font-size: 12px; }
.chip { display: inline-block; padding: 0 7px; border-radius: 9px; background: var(--tone); color: var(--on-tone); font-size: 12px; line-height: 18px; font-weight: 600; white-space: nowrap; }
.news li { margin-top: 6px; overflow-wrap: anywhere; }

details.data { margin-top: 12px; border-top: 1px solid var(--line); padding-top: 8px; }
summary { cursor: pointer; padding: 4px 0; font-size: 13px; color: var(--link); }
.scroll {
  overflow: auto; max-height: 32rem; margin-top: 8px; border: 1px solid var(--line); border-radius: 6px; padding: 0 0 0 10px;
  /* Shadows that the table covers where there is no more to scroll to. */
  background:
    linear-gradient(to right, var(--paper) 40%, transparent) left / 40px 100% no-repeat local,
    linear-gradient(to left, var(--paper) 40%, transparent) right / 40px 100% no-repeat local,
    linear-gradient(to top, var(--paper) 40%, transparent) bottom / 100% 40px no-repeat local,
    linear-gradient(to right, var(--shade), transparent) left / 14px 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) right / 14px 100% no-repeat scroll,
    linear-gradient(to top, var(--shade), transparent) bottom / 100% 14px no-repeat scroll;
}
/* Scrollbars that stay: where the system hides them, nobody sees that there is more. */
.scroll::-webkit-scrollbar { width: 11px; height: 11px; }
.scroll::-webkit-scrollbar-track { background: var(--cell); }
.scroll::-webkit-scrollbar-thumb { background: var(--neutral); border-radius: 6px; border: 2px solid var(--cell); }
@supports not selector(::-webkit-scrollbar) { .scroll { scrollbar-color: var(--neutral) var(--cell); } }
table { border-collapse: collapse; font-size: 13px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; min-width: 4.5em; max-width: 34em; overflow-wrap: break-word; }
thead th { position: sticky; top: 0; background: var(--paper); color: var(--quiet); font-weight: 600; }
.coverage.warns thead th { background: var(--unknown-wash); }
.numeric { text-align: right; }

@media (max-width: 640px) {
  .beyond-phones { display: none; }
  .legend .framed-entry { display: none; }
  header, main, footer { padding-left: 16px; padding-right: 16px; }
  header { padding-top: 12px; }
  .verdict { font-size: 17px; }
  header .quiet { font-size: 13px; }
  .panel { padding: 16px 18px 12px; }
  .coverage { padding: 6px 16px; }
  main > .panel { padding: 10px 16px; }
  main > .panel .lead { font-size: 13px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px; }
  .tile a { padding: 10px 12px 12px; }
  .tile-value { font-size: 25px; }
}
@media print {
  :root { ${light} --page: #ffffff; }
  .panel, .tile, .coverage, .findings li { break-inside: avoid; }
  .panels { display: block; } .panel { margin-bottom: 12px; }
  .scroll { max-height: none; overflow: visible; background: none; }
  details.data:not([open]), .skip { display: none; }
  details.why::details-content, details.finding::details-content, .coverage > details::details-content { content-visibility: visible; block-size: auto; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;

/** The page's only style sheet. */
export const styleSheet = trusted(`<style>${css}</style>`);
