/** Called when a NUL character is left out, which PostgreSQL stores in no text and no JSON. */
export type OnNul = () => void;

/** The text as PostgreSQL can store it; like the official destination, it leaves NUL characters out. */
export function withoutNul(text: string, onNul: OnNul): string {
  return leaveOut(text, /\0/g, onNul);
}

/** The same for a JSON document, where NUL is written `\u0000` (but `\\u0000` is a backslash and text). */
export function withoutNulEscape(json: string, onNul: OnNul): string {
  return leaveOut(json, /(?<=(?<!\\)(?:\\\\)*)\\u0000/g, onNul);
}

function leaveOut(text: string, pattern: RegExp, onNul: OnNul): string {
  const kept = text.replace(pattern, '');
  if (kept.length < text.length) onNul();
  return kept;
}
