/**
 * Text from strangers (aliases, Sids, account names, what AWS answered) made safe to print on one line: control,
 * format and separator characters (escape sequences, line breaks, right-to-left marks, zero width) appear as
 * `\u{…}`, and so does what CI systems take for a command to the runner (`##vso[…]`).
 */
export function visible(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped)
    .replaceAll(/#(?=#\w*\[)/g, escaped);
}

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** JSON that is also safe to print: the same characters, escaped as JSON has it. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replaceAll(/[^\P{Cc}\n]|[\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, jsonEscaped)
    .replaceAll(/#(?=#\w*\[)/g, jsonEscaped);
}

const jsonEscaped = (character: string): string =>
  // By UTF-16 unit, as JSON wants it.
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
