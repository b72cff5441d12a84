/** As RFC 3986 and signatures have it: `encodeURIComponent` leaves five more characters as they are. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
