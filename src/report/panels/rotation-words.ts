/** The words of the view `rotation`, in the order of the charts; a word that comes later is unknown to them. */
const rotationWords: readonly string[] = [
  'enabled',
  'required',
  'paused',
  'suspended',
  'disabled',
  'unknown',
  'not_supported',
  'not_visible',
];

const rotationTitles: Readonly<Record<string, string>> = {
  enabled: 'Rotates',
  required: 'Rotated by AWS',
  paused: 'Paused (key disabled)',
  suspended: 'Suspended (pending deletion)',
  disabled: 'Could rotate, does not',
  unknown: 'Unknown',
  not_supported: 'Cannot rotate',
  not_visible: 'Up to AWS (AWS owned)',
};

/** The word, or `unknown` for one that is none of these. */
const rotationWord = (word: string): string => (rotationWords.includes(word) ? word : 'unknown');

/** The words as parts of a bar. */
export const rotationSegments = (rows: readonly { readonly rotation: string; readonly keys: number }[]) =>
  rotationWords.map((word) => ({
    word,
    title: rotationTitle(word),
    value: rows
      .filter(({ rotation }) => rotationWord(rotation) === word)
      .reduce((sum, { keys }) => sum + keys, 0),
  }));

/** What the colours of these rows stand for. */
export const rotationLegend = (rows: readonly { readonly rotation: string }[]) =>
  rotationWords
    .filter((word) => rows.some(({ rotation }) => rotationWord(rotation) === word))
    .map((word) => ({ word, title: rotationTitle(word) }));

const rotationTitle = (word: string): string => rotationTitles[word] ?? word;
