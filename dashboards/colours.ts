import { MappingType, SpecialValueMatch, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';

/** One meaning, one colour, as on the posture page; unknown has its own. */
const colours: Readonly<Record<string, string>> = {
  unknown: '#8a63d2',
  failed: '#8a63d2',
  partial: '#8a63d2',
  missing: '#8a63d2',
  yes: '#d6423a',
  in_use: '#d6423a',
  locked: '#d6423a',
  external: '#d6423a',
  critical: '#b3336b',
  high: '#d6423a',
  medium: '#d9772b',
  low: '#808a9a',
  anyone: '#b3336b',
  public: '#b3336b',
  partly_locked: '#d9772b',
  disabled: '#d9772b',
  paused: '#b39b2e',
  enabled: '#1f9c8d',
  required: '#4a88d4',
  organization: '#4a88d4',
  not_supported: '#808a9a',
  not_visible: '#9c8a7c',
  suspended: '#5d6a80',
};

export const colourOf = (word: string): string => colours[word] ?? colours.unknown ?? '';

/** Paints the words of a table's cells. */
export const wordMappings: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(colours).map(([word, color], index) => [
        word,
        { color, index, text: word.replaceAll('_', ' ') },
      ]),
    ),
  },
  // Where a value does not apply queries answer an empty text: null is what nobody knows.
  {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.Null, result: { color: '#8a63d2', index: 0, text: 'not known' } },
  },
];
