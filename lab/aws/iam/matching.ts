/** `*` stands for any text, `?` for one character; all else for itself, case included. */
export const like = matcher('s');
export const likeAnyCase = matcher('si');

function matcher(flags: string): (text: string, pattern: string) => boolean {
  const patterns = new Map<string, RegExp>();
  return (text, pattern) => {
    let compiled = patterns.get(pattern);
    if (compiled === undefined) {
      const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
      compiled = new RegExp(`^${source}$`, flags);
      patterns.set(pattern, compiled);
    }
    return compiled.test(text);
  };
}

/** The six components of an ARN; the sixth keeps its colons. */
function components(arn: string): readonly string[] | null {
  const parts = arn.split(':');
  return parts.length < 6 ? null : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/**
 * "Each of the six colon-delimited components of the ARN is checked separately and each can include multi-character
 * match wildcards (*) or single-character match wildcards (?)" (IAM user guide, condition operators, read 2026-11-28).
 */
export function arnLike(text: string, pattern: string): boolean {
  const given = components(text);
  const wanted = components(pattern);
  return given !== null && (wanted?.every((part, index) => like(given[index] ?? '', part)) ?? false);
}

/** IPv4 only. */
export function inNetwork(address: string, network: string): boolean {
  const [base = '', length = '32'] = network.split('/');
  const bits = (dotted: string): number =>
    dotted.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(length));
  return Math.floor(bits(address) / size) === Math.floor(bits(base) / size);
}
