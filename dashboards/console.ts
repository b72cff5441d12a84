import { type DynamicConfigValue, MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { consoles } from '../src/report/console-link.ts';

/** The column that holds a link. */
const column = 'console';

const hosts = Object.entries(consoles)
  .map(([partition, host]) => `WHEN '${partition}' THEN '${host}'`)
  .join(' ');

/**
 * A column of a query: the page of a key in AWS's console, of the partition and region of its ARN, as the posture page
 * has it. An empty text for what is no key's ARN, and where no console is known: there is nothing to click then.
 */
export const consoleOf = (arn: string): string =>
  `CASE WHEN ${arn} ~ '^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$' THEN COALESCE(
        'https://' || replace(CASE split_part(${arn}, ':', 2) ${hosts} END, '{region}', split_part(${arn}, ':', 4))
          || '/kms/home?region=' || split_part(${arn}, ':', 4) || '#/kms/keys/' || split_part(${arn}, '/', 2), '')
      ELSE '' END AS ${column}`;

/** Shows the column as a word to click. */
export const consoleColumn: readonly [name: string, properties: DynamicConfigValue[]] = [
  column,
  [
    {
      id: 'links',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's variable
      value: [{ title: 'The key in AWS’s console', url: '${__value.raw}', targetBlank: true }],
    },
    {
      id: 'mappings',
      value: [
        {
          type: MappingType.RegexToText,
          options: { pattern: '^https:.*', result: { text: 'open', index: 0 } },
        },
      ],
    },
    { id: 'custom.width', value: 80 },
    { id: 'custom.filterable', value: false },
  ],
];
