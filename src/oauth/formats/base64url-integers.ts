/** The alphabet of base64url (RFC 4648 5). Integers are written in base 64, without a buffer of their bytes. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Characters of a time in milliseconds since 1970: 48 bits, as base64url of 6 bytes. */
export const timeCharacters = 8;

/** Encodes an integer from 0 to 64 ** `width` - 1 as `width` characters. */
export function encodeInteger(value: number, width: number): string {
  let rest = value;
  let text = '';
  for (let at = 0; at < width; at += 1) {
    text = digits.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

/** Decodes what {@link encodeInteger} wrote. Any other base64url text decodes to some integer too. */
export function decodeInteger(text: string): number {
  let value = 0;
  for (const digit of text) value = value * 64 + digits.indexOf(digit);
  return value;
}
