/** Tables that open, and scroll where they are long. */
export const tables = `
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
`;
