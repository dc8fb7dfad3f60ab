const maxNameLength = 100;

export type NameProblem = 'required' | 'too_long' | 'unsupported_character';

/**
 * Control characters, line ends, unpaired surrogates, and characters that reverse or hide the text around them (bidi
 * controls, invisible characters). The joiners U+200C and U+200D stay: names in Persian and in Indic scripts need them.
 */
const unsupported = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const visible = /[\p{L}\p{N}]/u;

/**
 * Normalises a first or last name for storage: NFC, without outer white space. Or returns what is wrong with it.
 * Lengths are in code points.
 */
export function readName(text: string): { readonly name: string } | { readonly problem: NameProblem } {
  const name = text.trim().normalize('NFC');
  if (name === '') return { problem: 'required' };
  if ([...name.slice(0, 2 * maxNameLength + 1)].length > maxNameLength) return { problem: 'too_long' };
  if (unsupported.test(name) || !visible.test(name)) return { problem: 'unsupported_character' };
  return { name };
}
