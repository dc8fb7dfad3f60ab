/** Characters that hide or reorder the text around them, and unpaired surrogates, which can't be stored. */
const unsupported = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

type TextProblem = 'required' | 'too_long' | 'unsupported_character';

/** Checks a text of one line. `maxLength`: code points. */
export function checkLine(text: string, maxLength: number): TextProblem | undefined {
  if (text === '') return 'required';
  if ([...text].length > maxLength) return 'too_long';
  return unsupported.test(text) ? 'unsupported_character' : undefined;
}

/** Checks a text of several lines: an answer of the form, a message or a reason. `maxLength`: code points. */
export function checkText(text: string, maxLength: number): TextProblem | undefined {
  if (text === '') return 'required';
  if ([...text].length > maxLength) return 'too_long';
  return unsupported.test(text.replaceAll('\n', '').replaceAll('\t', '')) ? 'unsupported_character' : undefined;
}

/**
 * Whether the name has no character that hides or reorders text: people decide by it whether to trust an application.
 */
export function isShowable(name: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name);
}
