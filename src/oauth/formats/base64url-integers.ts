/** base64url's, so that a number takes part in a token as its bytes would, without any bytes. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Characters of a time in milliseconds since 1970: 48 bits, as long as its 6 bytes would be. */
export const timeCharacters = 8;

/** A whole number below 64 ** `width`, as `width` characters. */
export function encodeInteger(value: number, width: number): string {
  let rest = value;
  let text = '';
  for (let at = 0; at < width; at += 1) {
    text = digits.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

/** The number that {@link encodeInteger} wrote; of any other base64url text, some number. */
export function decodeInteger(text: string): number {
  let value = 0;
  for (const digit of text) value = value * 64 + digits.indexOf(digit);
  return value;
}
