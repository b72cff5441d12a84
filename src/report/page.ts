import type { ReportCoverage } from './coverage.ts';
import { type Html, html } from './html.ts';
import { filled, type Panel } from './panel.ts';
import { coveragePanel } from './panels/coverage.ts';
import { headlinePanel } from './panels/headline.ts';
import type { NumberId, PostureNumber } from './posture-number.ts';
import { type Sight, sightOf } from './sight.ts';
import { type Previous, pointOf, snapshotMeta } from './snapshot.ts';
import { styleSheet } from './style/sheet.ts';
import { count, list, number, unknown } from './words.ts';

export interface PageParts {
  readonly coverage: ReportCoverage;
  readonly numbers: readonly PostureNumber[];
  readonly previous: Previous;
  /** What stands above the numbers: what to do first. */
  readonly first: Panel;
  readonly panels: readonly Panel[];
  readonly missingViews: readonly string[];
  /** When the page is made, `2026-11-24 11:53` UTC. */
  readonly madeAt: string;
}

/** No script, no request, no form: a page that only shows. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function page(parts: PageParts): Html {
  const { coverage, numbers, previous, first, panels } = parts;
  const sight = sightOf({ ...parts, panels: [first, ...panels] });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
${snapshotMeta(pointOf(coverage, numbers), previous)}
<title>Encryption posture${coverage.newest === null ? '' : `, ${coverage.newest} UTC`}</title>
${styleSheet}
</head>
<body>
<a class="skip" href="#main">Skip to the numbers</a>
${patterns}
<header>
<h1>Encryption posture</h1>
<p class="verdict">${verdict(numbers, sight)}</p>
<p class="quiet">${provenance(parts)}</p>
</header>
<main id="main">
${coveragePanel(coverage, sight)}
${panelSection(first)}
${headlinePanel(numbers, previous, sight)}
<div class="panels">
${filled(panels).map(panelSection)}
</div>
</main>
<footer><p>Made ${parts.madeAt} UTC from the views of the schema aws_encryption. ${unknown('Unknown')} is never “off”, and missing is never “none”.</p></footer>
</body>
</html>
`;
}

function panelSection({ id, title, lead, body, isWide }: Panel): Html {
  return html`<section class="panel${isWide ? ' wide' : ''}" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="lead">${lead}</p>
${body}
</section>
`;
}

/** The hatching of what is unknown, once for all charts. */
const patterns = html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--unknown)"/><rect width="2" height="6" fill="var(--unknown-hatch)"/></pattern></defs></svg>`;

function provenance({ coverage }: PageParts): Html {
  const { organizations, accounts, accountsRead, places, oldest, newest } = coverage;
  if (oldest === null || newest === null) return html`No reading yet.`;
  const when = oldest === newest ? nowrap(newest) : html`${nowrap(oldest)} to ${nowrap(newest)}`;
  const where =
    organizations.length === 0 ? 'No organization was listed' : `Organization ${list(organizations)}`;
  return html`${where} · ${number(accountsRead)} of ${count(accounts, 'known account')} read<span class="beyond-phones">, in ${count(places, 'scope')} (account × region)</span> · data of ${when} UTC`;
}

const nowrap = (text: string): Html => html`<span class="whole">${text}</span>`;

interface Trouble {
  readonly id: NumberId;
  readonly words: (value: number, item: PostureNumber) => readonly string[];
}

const troubles: readonly Trouble[] = [
  { id: 'outside', words: outsideWords },
  {
    id: 'locked',
    words: (n) => [`${count(n, 'shared resource')} locked by ${n === 1 ? 'its' : 'their'} key`],
  },
  { id: 'rotation_off', words: (n) => [`${count(n, 'key')} not rotating`] },
  { id: 'pending_deletion', words: (n) => [`${number(n)} pending deletion`] },
];

/** Those open to the world first; those that organization policies stop are no trouble of today, and apart. */
function outsideWords(value: number, { reach }: PostureNumber): readonly string[] {
  const { public: world, stopped } = reach ?? { public: 0, stopped: 0 };
  const others = value - world - stopped;
  return [
    ...(world > 0 ? [`${count(world, 'key')} open to the world`] : []),
    ...(others > 0
      ? [`${world > 0 ? `${number(others)} more` : count(others, 'key')} usable outside the organization`]
      : []),
    ...(stopped > 0 ? [`${count(stopped, 'key')} usable outside but for organization policies`] : []),
  ];
}

/** One sentence for those who read only one. */
function verdict(numbers: readonly PostureNumber[], sight: Sight): Html {
  const found = troubles.flatMap(({ id, words }) => {
    const item = numbers.find((other) => other.id === id);
    const value = item?.value ?? 0;
    return item !== undefined && value > 0 ? words(value, item) : [];
  });
  const open = sight === 'part' || sight === 'nothing';
  const good =
    sight === 'all' ? 'Nothing found, and all was seen' : 'Nothing found in all that was asked for';
  if (open)
    return html`${found.length > 0 ? list(found, 9) : 'Nothing found so far'}; ${unknown('not all is known')}.`;
  return html`${found.length > 0 ? list(found, 9) : good}.`;
}
