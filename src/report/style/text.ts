import { dark, light } from './colours.ts';

/** The page as a sheet of text: its colours, head and foot, and what is not known. */
export const text = `
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
`;
