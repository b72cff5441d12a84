/** What stands on the page: what was not seen, the headline numbers, and the panels. */
export const frame = `
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
`;
