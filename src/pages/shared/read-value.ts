import type { PageRequest } from '../page.ts';

/** The text of a form field: trimmed, with `\n` as its only line end, in Unicode form NFC. Absent: an empty text. */
export function readText({ form }: Pick<PageRequest, 'form'>, field = 'text'): string {
  return (form.get(field) ?? '').replace(/\r\n?/g, '\n').trim().normalize('NFC');
}

/** The value if it is one of the choices; `undefined` if not. */
export function readChoice<Choice extends string>(
  text: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === text);
}

/** The number of a row, from a path or a query; `undefined`: no row can have this number. */
export function readRowId(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}
