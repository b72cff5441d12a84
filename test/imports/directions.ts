/** Files of the project by their path: `*` stands for a part of a name, and a folder for all in it. */
export type Files = string;

export interface Direction {
  readonly files: Files;
  /** What these files may import beside their own folder and packages; types count, too. */
  readonly from: readonly Files[];
}

/** What AWS answers, as plain types: all that rules and rows know of AWS. */
const facts = ['src/aws/fact.ts', 'src/aws/error.ts', 'src/aws/arn.ts', 'src/services/*/facts.ts'];
/** Which accounts and regions there are, as plain types. */
const model = 'src/organization/model.ts';

/**
 * Which part of the project may import which: a file is held to the first line that names it. An import that no line
 * allows points back along the way of the data, or skips a part of it (docs/architecture.md).
 */
export const directions: readonly Direction[] = [
  {
    files: 'src/spec',
    from: [
      'src/services/choice.ts',
      'src/services/catalogue.ts',
      'src/services/operations.ts',
      'src/aws/settings.ts',
    ],
  },
  { files: 'src/aws', from: [] },
  { files: 'src/services', from: ['src/aws', 'src/posture', model] },
  { files: 'src/organization', from: ['src/spec', 'src/aws', 'src/services'] },
  { files: 'src/posture', from: [...facts, model, 'src/group.ts'] },
  { files: 'src/tables', from: ['src/posture', 'src/services/catalogue.ts', ...facts, model] },
  {
    files: 'src/enumerate',
    from: [
      'src/spec',
      'src/organization',
      'src/aws',
      'src/services',
      'src/posture',
      'src/tables',
      'src/log.ts',
    ],
  },
  { files: 'src/cloudquery', from: [] },
  { files: 'src/state', from: ['src/cloudquery'] },
  {
    files: 'src/sync',
    from: [
      'src/spec',
      'src/organization',
      'src/aws',
      'src/services',
      'src/posture',
      'src/enumerate',
      'src/tables',
      'src/state',
      'src/cloudquery',
      'src/log.ts',
    ],
  },
  {
    files: 'src/permissions',
    from: [
      'src/spec',
      'src/organization',
      'src/services/catalogue.ts',
      'src/services/choice.ts',
      'src/services/iam-action.ts',
      'src/services/operations.ts',
      'src/services/releases.ts',
      'src/enumerate',
      'src/tables',
      'src/sync/walk-needs.ts',
      'src/postgres/failure.ts',
      'src/table-choice.ts',
      'src/verb.ts',
      'src/visible.ts',
    ],
  },
  { files: 'src/postgres', from: [] },
  { files: 'src/fixes', from: ['src/fix-column.ts'] },
  { files: 'src/views', from: ['src/postgres', 'src/tables', 'src/verb.ts', 'src/visible.ts'] },
  {
    files: 'src/checks',
    from: [
      'src/postgres',
      'src/fixes',
      'src/fix-column.ts',
      'src/group.ts',
      'src/prometheus.ts',
      'src/verb.ts',
      'src/visible.ts',
    ],
  },
  {
    files: 'src/status',
    from: ['src/postgres', 'src/checks/obstacle.ts', 'src/prometheus.ts', 'src/verb.ts', 'src/visible.ts'],
  },
  {
    files: 'src/explain',
    from: [
      'src/posture',
      'src/services/catalogue.ts',
      'src/services/*/rules.ts',
      ...facts,
      'src/postgres',
      'src/text-columns.ts',
      'src/verb.ts',
      'src/visible.ts',
    ],
  },
  {
    files: 'src/uses',
    from: ['src/postgres', 'src/text-columns.ts', 'src/verb.ts', 'src/visible.ts'],
  },
  {
    files: 'src/report',
    from: [
      'src/postgres',
      'src/fixes',
      'src/fix-column.ts',
      'src/group.ts',
      'src/verb.ts',
      'src/visible.ts',
      'package.json',
    ],
  },
  { files: 'src/metrics', from: ['src/log.ts'] },
  // What puts the parts together.
  { files: 'src/*.ts', from: ['src', 'package.json'] },
  { files: 'lab', from: ['src', 'package.json'] },
  { files: 'scripts', from: ['lab', 'src', 'dashboards', 'package.json'] },
  { files: 'dashboards', from: ['src/report/console-link.ts'] },
  { files: 'bench', from: ['lab', 'src'] },
  { files: 'test', from: ['lab', 'scripts', 'dashboards', 'src', 'package.json'] },
];

export interface Reach {
  readonly files: Files;
  /** All packages and modules of Node that these files may reach as the program runs, whatever lies between. */
  readonly packages: readonly string[];
}

/** What neither reads nor writes. */
const computing = ['node:crypto', 'node:util'];

/** Files from which no way leads to input or output, by whatever files and packages. */
export const pure: readonly Reach[] = [
  { files: 'src/posture', packages: computing },
  { files: 'src/services/*/rules.ts', packages: computing },
  { files: 'src/services/*/*grammar.ts', packages: computing },
  { files: 'src/services/catalogue.ts', packages: computing },
  ...facts.map((files) => ({ files, packages: [] })),
  { files: model, packages: [] },
  { files: 'src/tables', packages: computing },
];

export interface Keeping {
  readonly packages: RegExp;
  /** The only files that know them within a part of the project. */
  readonly files: readonly Files[];
  readonly within: Files;
}

export const keptTo: readonly Keeping[] = [
  // The SDK, the protocol, and what they are made of.
  {
    packages: /^(?:@cloudquery|@apache-arrow|@grpc)\/|^apache-arrow/,
    files: ['src/cloudquery'],
    within: 'src',
  },
  { packages: /^@(?:aws-sdk|smithy)\//, files: ['src/aws', 'src/services'], within: 'src' },
  {
    packages: /^pg$/,
    files: ['src/postgres', 'src/views', 'src/checks', 'src/status', 'src/explain', 'src/report', 'src/uses'],
    within: 'src',
  },
  { packages: /^zod/, files: ['src/spec', 'src/report'], within: 'src' },
  { packages: /^(?:@observablehq\/plot|linkedom)$/, files: ['src/report'], within: 'src' },
  // What is random is seeded.
  { packages: /^fast-check$/, files: ['test/random.ts'], within: 'test' },
];
