import { en } from './en.ts';

/** All texts of the pages. Another language is another object of this type. */
export type Messages = typeof en;

const languages: Readonly<Record<string, Messages>> = { en };

/** The texts in a language, or in English if there is no such translation. */
export function messagesFor(language: string): Messages {
  return languages[language] ?? en;
}
