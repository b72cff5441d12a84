/** Findings that stand open, with what ends them. */
export const findings = `
.first { margin: 0; padding: 0; list-style: none; }
.first > li { border-top: 1px solid var(--line); overflow-wrap: anywhere; }
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
.step ul { list-style: disc; padding-left: 18px; }
.step pre { margin: 4px 0 0; padding: 6px 8px; border: 1px solid var(--line); white-space: pre-wrap; font-size: 12px; }
.chip { display: inline-block; padding: 0 7px; border-radius: 9px; background: var(--tone); color: var(--on-tone); font-size: 12px; line-height: 18px; font-weight: 600; white-space: nowrap; }
.news li { margin-top: 6px; overflow-wrap: anywhere; }
`;
