/**
 * What each word is painted in: by name, never by position in a list, so that a series that is absent or comes in
 * another order changes nobody's colour. The colours themselves, light and dark, are in style.ts.
 */
const paints = {
  // Rotation.
  enabled: 'good',
  required: 'aws',
  paused: 'muted',
  suspended: 'dim',
  disabled: 'warning',
  not_supported: 'neutral',
  not_visible: 'plain',
  // Who is let in.
  same_account: 'neutral',
  organization: 'aws',
  service: 'plain',
  external: 'danger',
  anyone: 'extreme',
  // Locked resources.
  locked: 'danger',
  partly_locked: 'warning',
  // Pending deletion.
  in_use: 'danger',
  none_found: 'neutral',
  // Severities.
  critical: 'extreme',
  high: 'danger',
  medium: 'warning',
  low: 'neutral',
  // Key types.
  customer_managed_aws_material: 'aws',
  customer_managed_external_material: 'good',
  customer_managed_cloudhsm: 'muted',
  customer_managed_xks: 'plain',
  aws_managed: 'neutral',
  aws_owned: 'dim',
} as const;

export type Tone = (typeof paints)[keyof typeof paints] | 'unknown';

/** A word without a colour of its own is something that this page does not understand: unknown. */
export const toneOf = (word: string): Tone =>
  Object.hasOwn(paints, word) ? paints[word as keyof typeof paints] : 'unknown';

/** The fill of a chart's mark; what is unknown is hatched, too, so that it shows without colours. */
export const paintOf = (word: string): string => paintOfTone(toneOf(word));

const paintOfTone = (tone: Tone): string => (tone === 'unknown' ? 'url(#unknown)' : `var(--${tone})`);
