import { en } from './en.ts';

/** The same shape as `T`, with `string` in place of each literal text. */
type Texts<T> = T extends string
  ? string
  : T extends (...params: infer Params) => infer Text
    ? (...params: Params) => Texts<Text>
    : { readonly [Name in keyof T]: Texts<T[Name]> };

/** All texts of the pages. Another language is another object of this type. */
export type Messages = Texts<typeof en>;

const languages: Readonly<Record<string, Messages>> = { en };

/** The texts in a language; in English if there is no translation. */
export function messagesFor(language: string): Messages {
  return languages[language] ?? en;
}
