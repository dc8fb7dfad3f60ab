import type { InitialGrant } from './store/applications.ts';

/** The values of the AMS registration form. In a draft any of them may be empty or invalid. */
export interface RegistrationAnswers {
  /** The name that users see on the consent page. */
  readonly productName: string;
  readonly website: string;
  /** What the product does with the data. */
  readonly purpose: string;
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly dataViewers: string;
  readonly expectedUsers: string;
  /** Where the data is stored. */
  readonly storage: string;
  /** When the data is deleted. */
  readonly deletion: string;
  readonly privacyPolicy: string;
  readonly technicalName: string;
  readonly technicalEmail: string;
  readonly legalName: string;
  readonly legalEmail: string;
  readonly grantType: InitialGrant | '';
  /** Why the product needs the password grant, if that is its grant type. */
  readonly passwordReason: string;
  /** `server`: a confidential client, which can keep a secret (RFC 6749 2.1). `device`: a public client. */
  readonly kind: 'server' | 'device';
  /** The redirect URIs, one on each line. */
  readonly callbacks: string;
}

export type AnswerField = keyof RegistrationAnswers;
