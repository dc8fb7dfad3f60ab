import type { AnswerField, RegistrationAnswers } from '../../ports/store/index.ts';
import { checkCallbacks } from '../callbacks.ts';
import { initialGrants, isWebsite, readGrantType } from '../new-application.ts';
import { checkLine, checkText, isShowable } from '../text.ts';
import { isCountry } from './countries.ts';

/**
 * A problem with one answer of the form. `message`: set by rules that explain themselves, such as that of callbacks.
 */
export interface AnswerProblem {
  readonly field: AnswerField;
  readonly code: AnswerProblemCode;
  readonly message?: string;
}

export type AnswerProblemCode =
  | 'required'
  | 'too_long'
  | 'unsupported_character'
  | 'not_a_url'
  | 'not_an_address'
  | 'not_a_number'
  | 'not_a_country'
  | 'callback'
  | 'callback_missing'
  | 'public_password';

export const emptyAnswers: RegistrationAnswers = {
  productName: '',
  website: '',
  purpose: '',
  organisation: '',
  country: '',
  dataViewers: '',
  expectedUsers: '',
  storage: '',
  deletion: '',
  privacyPolicy: '',
  technicalName: '',
  technicalEmail: '',
  legalName: '',
  legalEmail: '',
  grantType: '',
  passwordReason: '',
  kind: 'server',
  callbacks: '',
};

export const answerFields = Object.keys(emptyAnswers) as readonly AnswerField[];

/** In code points. A name has one line, a text may have several. */
export const maxNameLength = 100;
export const maxTextLength = 2000;
const maxUrlLength = 300;
const maxListLength = 8000;

type Form = (name: AnswerField) => string | undefined;

/** Reads the answers from a form: NFC, without outer white space, line ends as `\n`. A missing field becomes empty. */
export function readAnswers(form: Form): RegistrationAnswers {
  const text = (field: AnswerField) => (form(field) ?? '').replace(/\r\n?/g, '\n').trim().normalize('NFC');
  const texts = Object.fromEntries(answerFields.map((field) => [field, text(field)])) as Record<AnswerField, string>;
  return {
    ...texts,
    grantType: readGrantType(texts.grantType) ?? '',
    kind: texts.kind === 'device' ? 'device' : 'server',
  };
}

/** The callbacks of the form: one in a line, empty lines left out. */
export function callbacksOf({ callbacks }: Pick<RegistrationAnswers, 'callbacks'>): readonly string[] {
  return callbacks
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * Checks the answers before they are submitted, and returns all problems in the order of the form. `isEmailAddress` is
 * passed in, because it is a rule of accounts.
 */
export function checkAnswers(
  answers: RegistrationAnswers,
  isEmailAddress: (text: string) => boolean,
): readonly AnswerProblem[] {
  return answerFields.flatMap((field) => {
    const problem = checkAnswer(field, answers, isEmailAddress);
    return problem === undefined ? [] : [problem];
  });
}

function checkAnswer(
  field: AnswerField,
  answers: RegistrationAnswers,
  isEmailAddress: (text: string) => boolean,
): AnswerProblem | undefined {
  const text = answers[field];
  const code = ((): AnswerProblemCode | undefined => {
    switch (field) {
      case 'productName':
      case 'organisation':
        // They become names of the application, which may have no joiners either.
        return checkLine(text, maxNameLength) ?? (isShowable(text) ? undefined : 'unsupported_character');
      case 'technicalName':
      case 'legalName':
        return checkLine(text, maxNameLength);
      case 'purpose':
      case 'dataViewers':
      case 'storage':
      case 'deletion':
        return checkText(text, maxTextLength);
      case 'website':
        return checkLine(text, maxUrlLength) ?? (isWebAddress(text) && isWebsite(text) ? undefined : 'not_a_url');
      case 'privacyPolicy':
        return checkLine(text, maxUrlLength) ?? (isWebAddress(text) ? undefined : 'not_a_url');
      case 'technicalEmail':
      case 'legalEmail':
        return checkLine(text, maxUrlLength) ?? (isEmailAddress(text) ? undefined : 'not_an_address');
      case 'expectedUsers':
        return text === '' ? 'required' : isCount(text) ? undefined : 'not_a_number';
      case 'country':
        return text === '' ? 'required' : isCountry(text) ? undefined : 'not_a_country';
      case 'grantType':
        if (text === 'password' && answers.kind === 'device') return 'public_password';
        return initialGrants.some((grant) => grant === text) ? undefined : 'required';
      case 'passwordReason':
        return answers.grantType === 'password' ? checkText(text, maxTextLength) : undefined;
      case 'kind':
      case 'callbacks':
        return undefined;
    }
  })();
  if (code !== undefined) return { field, code };
  return field === 'callbacks' ? checkCallbackList(answers) : undefined;
}

function checkCallbackList(answers: RegistrationAnswers): AnswerProblem | undefined {
  const field = 'callbacks';
  if (answers.callbacks.length > maxListLength) return { field, code: 'too_long' };
  const uris = callbacksOf(answers);
  if (uris.length === 0) {
    return answers.grantType === 'authorization_code' ? { field, code: 'callback_missing' } : undefined;
  }
  const [problem] = checkCallbacks(uris, { confidential: answers.kind === 'server' });
  return problem && { field, code: 'callback', message: problem.message };
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text);
}

function isCount(text: string): boolean {
  return /^[0-9]{1,8}$/.test(text) && Number(text) > 0;
}
