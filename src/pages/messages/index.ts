import { en } from './en.ts';

/** The same shape, with any text where this one has its own. */
type Texts<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Text
    ? (...given: Given) => Texts<Text>
    : { readonly [Name in keyof T]: Texts<T[Name]> };

/** All texts of the pages. Another language is another object of this type. */
export type Messages = Texts<typeof en>;

const languages: Readonly<Record<string, Messages>> = { en };

/** The texts in a language, or in English if there is no such translation. */
export function messagesFor(language: string): Messages {
  return languages[language] ?? en;
}
