import type { AnswerProblemCode } from '../../applications/registration/answers.ts';
import type { AnswerField, InitialGrant, RegistrationState } from '../../ports/store/index.ts';

interface FieldText {
  readonly label: string;
  readonly hint?: string;
}

const fields: Readonly<Record<AnswerField, FieldText>> = {
  productName: { label: 'Name of the product', hint: 'Users see it when they are asked. Up to 100 characters.' },
  website: { label: 'Website', hint: 'Like https://ams.example. Users see it, too.' },
  purpose: { label: 'What it does with the data', hint: 'A few sentences: what it reads, what it shows, what for.' },
  organisation: { label: 'Organisation', hint: 'Who answers for it. Users see it.' },
  country: { label: 'Country' },
  dataViewers: {
    label: 'Who will see the data',
    hint: 'For example: the athlete, the coaches of the team, your support.',
  },
  expectedUsers: { label: 'Expected number of users', hint: 'In the first year.' },
  storage: { label: 'Where the data is stored', hint: 'Country, provider, and how it is protected.' },
  deletion: { label: 'When it is deleted', hint: 'Also: how a person has their data deleted.' },
  privacyPolicy: { label: 'Privacy policy', hint: 'Like https://ams.example/privacy.' },
  technicalName: { label: 'Technical contact: name' },
  technicalEmail: { label: 'Technical contact: e-mail address' },
  legalName: { label: 'Legal contact: name' },
  legalEmail: { label: 'Legal contact: e-mail address' },
  grantType: { label: 'Grant type' },
  passwordReason: {
    label: 'Why the password grant',
    hint: 'Only if you chose it: what keeps you from the authorization code grant?',
  },
  kind: { label: 'Where it runs' },
  callbacks: {
    label: 'Callback URLs',
    hint: 'One in a line, at most 20. Compared to the last character, so /callback and /callback/ are two.',
  },
};

const problems: Readonly<Record<Exclude<AnswerProblemCode, 'callback'>, string>> = {
  required: 'is missing.',
  too_long: 'is too long.',
  unsupported_character: 'has a character that cannot be shown.',
  not_a_url: 'must be a web address that begins with https://.',
  not_an_address: 'must be an e-mail address, like name@example.org.',
  not_a_number: 'must be a whole number above 0.',
  not_a_country: 'must be one of the list.',
  public_password:
    'must be Authorization Code for a program on the devices of its users: without a secret, any program could pose as yours and collect passwords.',
  callback_missing: 'must have at least one address: the authorization code grant returns the user there.',
};

/** The form with which developers register an application (an AMS: athlete management system). */
export const register = {
  title: 'Register an application',
  lead: 'Administrators read this form, and may come back with questions. You can save it and go on later.',
  editTitle: 'Change your answers',
  parts: {
    product: 'The product',
    organisation: 'Who stands behind it',
    data: 'The data',
    contacts: 'Contacts',
    technical: 'How it connects',
  },
  fields,
  problem: (label: string, code: keyof typeof problems) => `${label} ${problems[code]}`,
  chooseCountry: 'Choose a country',
  grantHints: {
    authorization_code: 'Recommended whenever possible: users log in here, and your system never sees a password.',
    password:
      'Simpler, and less secure: your system handles passwords. Only for legacy applications, or simple frontends without a server.',
  } satisfies Record<InitialGrant, string>,
  kinds: {
    server: { text: 'On a server', hint: 'It can keep a client secret.' },
    device: {
      text: 'On the device of the user',
      hint: 'A mobile or desktop app, or a web page alone: it keeps no secret and uses PKCE.',
    },
  },
  save: 'Save the draft',
  submit: 'Submit',
  saved: 'The draft is saved.',
  lost: 'This form was changed in another window meanwhile. What you see here is not saved; open the page again to see the newer one.',
  criteriaTitle: 'What we look at',
  criteria: [
    'Users can understand what the product does with their data, and who sees it.',
    'The organisation can be reached, and answers for the product.',
    'Data is stored safely, and deleted when a user asks.',
    'Callbacks are https, and belong to the product.',
    'The password grant only where the other one cannot be used.',
  ],
  timeTitle: 'How long it takes',
  time: 'Usually two to five working days. You see your place in the queue, and get a mail at each step.',
} as const;

/** The page of a registration: its state and the messages about it. */
export const registration = {
  title: (product: string) => ['Registration of ', product] as const,
  status: 'Status',
  place: (position: number) => (position === 1 ? 'Next in the queue' : `Number ${position} in the queue`),
  age: (days: number) =>
    days === 0 ? 'submitted today' : days === 1 ? 'submitted yesterday' : `submitted ${days} days ago`,
  conversation: 'Conversation',
  you: 'You',
  administrators: 'Administrators',
  kinds: { question: 'Question', note: 'Note among the staff', step: '' },
  steps: {
    draft: 'Draft',
    submitted: 'Put into the queue',
    information_requested: 'Asked for information',
    approved: 'Approved',
    declined: 'Not approved',
    withdrawn: 'Withdrawn',
  } satisfies Record<RegistrationState, string>,
  about: (label: string) => `About: ${label}`,
  reply: 'Your reply',
  send: 'Send',
  edit: 'Change your answers',
  withdraw: 'Withdraw',
  withdrawTitle: (product: string) => ['Withdraw the registration of ', product, '?'] as const,
  withdrawEffects: [
    'Nobody looks at it any more.',
    'Its sandbox ends.',
    'You can register the product again at any time.',
  ],
  keep: 'Keep it',
  appeal: 'If you see it differently, write why: then it is looked at again.',
  answers: 'Your answers',
  open: 'Open the application',
  credentialsReady: 'The application is approved. Make its client secret on its page.',
  lost: 'Somebody else did something with this registration meanwhile. Nothing of yours was sent; read what is new, then send it again.',
  notNow: 'This is not possible any more in the state that the registration is in now.',
  textProblems: {
    required: 'Write something first.',
    too_long: 'The text has more than 4000 characters.',
    unsupported_character: 'The text has a character that cannot be shown.',
  },
  sandboxTitle: 'While you wait: the sandbox',
  sandboxText:
    'An application to try everything out with: the same addresses and the same code, but only for a test user with test devices. It ends when yours is approved.',
  sandboxOpen: 'Open the sandbox',
  received: 'Your registration is in the queue.',
  replied: 'Your reply was sent.',
} as const;
