import { light } from './colours.ts';

/** Phones and paper. */
export const media = `
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
