import type { ErrorPage } from '../../oauth/errors/row.ts';
import { admin } from './admin.ts';
import { apiReference } from './api-reference.ts';
import { auditActionWords } from './audit-actions.ts';
import { auditFieldWords, auditValueWords } from './audit-fields.ts';
import { counted } from './counted.ts';
import { developer } from './developer.ts';
import { docs } from './docs.ts';
import { causes } from './errors/index.ts';
import { runTheFlow } from './run-the-flow.ts';

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const minuteFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

function wait(seconds: number): string {
  return seconds < 90 ? counted(seconds, 'second', 'seconds') : counted(Math.ceil(seconds / 60), 'minute', 'minutes');
}

interface ErrorText {
  readonly title: string;
  readonly text: string;
  readonly hint: string;
}

/** By the code of a problem or the error page of an OAuth error. The type requires a text for each error page. */
type ErrorTexts = Readonly<Record<ErrorPage, ErrorText> & Record<string, ErrorText>>;

/** All texts in English. Times are milliseconds since 1970; they are shown in UTC. */
export const en = {
  language: 'en',
  product: 'Insiders',
  day: (time: number) => dayFormat.format(time),
  minute: (time: number) => `${minuteFormat.format(time)} UTC`,
  auditActions: auditActionWords,
  auditFields: auditFieldWords,
  auditValues: auditValueWords,
  /** Words for lines of a changed list, and for booleans. */
  changes: { added: 'added', removed: 'removed', yes: 'yes', no: 'no' },
  /** Errors of the filters of a list. */
  filters: {
    repeated: (name: string) => `The address has “${name}” more than once. Choose one value.`,
    tooLong: (most: number) => `Type at most ${most} characters.`,
    badChoice: (text: string) => `“${text}” is not one of the choices. Choose one from the list.`,
    badDay: (text: string) => `“${text}” is not a day. Type a day like 2026-05-31.`,
    badPlace: 'This address names a place in the list that does not exist. Start again from the beginning of the list.',
  },

  layout: {
    skip: 'Skip to the content',
    account: 'Account',
    activate: 'Activate a device',
    docs: 'Documentation',
    developer: 'Developer',
    console: 'Console',
    logIn: 'Log in',
    logOut: 'Log out',
    signUp: 'Create account',
    theme: 'Appearance',
    themes: { auto: 'Automatic', light: 'Light', dark: 'Dark' },
    applyTheme: 'Apply',
    footer: 'The access platform of Insiders API',
    home: 'Insiders, home page',
  },

  form: {
    summary: (count: number) =>
      count === 1 ? 'One thing needs your attention' : `${count} things need your attention`,
    throttled: (seconds: number) => `Too many attempts. Wait ${wait(seconds)}, then try again.`,
    busy: (seconds: number) => `Many people are logging in right now. Wait ${wait(seconds)}, then try again.`,
    copy: 'Copy',
    copied: 'Copied',
  },

  home: {
    title: 'Your training data, in the tools you choose',
    lead: 'Insiders lets Athlete Management Systems read the data of your GPS trackers, when you say so, and for as long as you want.',
    holders: {
      title: 'Athletes and team managers',
      text: 'Create an account, activate your devices, and see at any time which applications are connected. Disconnect one, and it stops at once.',
      action: 'Create account',
      again: 'Go to your account',
    },
    integrators: {
      title: 'Integrators',
      text: 'Connect your system with OAuth 2.0: authorization code or password credentials, refresh tokens that do not expire, one scope.',
      action: 'How the server is described to programs',
    },
    programs: {
      title: 'The API',
      text: 'Devices and their ownership as JSON, with a bearer token. The OpenAPI document is made from the checks the server itself uses.',
      action: 'OpenAPI document',
    },
  },

  login: {
    title: 'Log in',
    toContinue: (application: string) => ['Log in to continue to ', application, '.'] as const,
    email: 'E-mail address',
    password: 'Password',
    submit: 'Log in',
    noAccount: 'No account yet?',
    signUp: 'Create an account',
    missing: 'Enter your e-mail address and your password.',
    refused: 'The e-mail address or the password is wrong.',
    refusedHint: 'Check both. Capital letters count in the password.',
  },

  signup: {
    title: 'Create an account',
    toContinue: (application: string) => ['Then you can decide about ', application, '.'] as const,
    firstName: 'First name',
    lastName: 'Last name',
    email: 'E-mail address',
    emailHint: 'You log in with it.',
    password: 'Password',
    passwordHint: 'At least 8 characters. A few words you remember are better than one you do not.',
    submit: 'Create account',
    hasAccount: 'Have an account already?',
    logIn: 'Log in',
    firstNameProblems: {
      required: 'Enter your first name.',
      too_long: 'The first name has more than 100 characters.',
      unsupported_character: 'The first name has a character that cannot be shown.',
    },
    lastNameProblems: {
      required: 'Enter your last name.',
      too_long: 'The last name has more than 100 characters.',
      unsupported_character: 'The last name has a character that cannot be shown.',
    },
    emailProblems: {
      required: 'Enter your e-mail address.',
      invalid: 'This is not an e-mail address, like name@example.org.',
      taken: 'There is an account with this e-mail address already. Log in instead.',
    },
  },

  password: {
    required: 'Enter a password.',
    too_short: 'The password needs at least 8 characters.',
    too_long: 'The password has more than 256 characters.',
    common: 'This password is among the most common ones, so it is guessed first. Choose another.',
    same_as_email: 'The password must not be your e-mail address.',
    unsupported_character: 'The password has a character that cannot be used.',
    unchanged: 'This is the password you have now. Choose another.',
  },

  logout: {
    title: 'Log out',
    text: 'You are logged out of this browser. Connected applications stay connected.',
    submit: 'Log out',
    stay: 'Stay logged in',
  },

  consent: {
    title: 'Connect an application',
    asks: (application: string) => ['', application, ' asks for access to your data'] as const,
    owner: 'Developer',
    website: 'Website',
    signedIn: 'Signed in as',
    notYou: 'Not you?',
    allowsTitle: 'It will be able to',
    allows: [
      'See your devices, also those you owned before, and when you owned them',
      'Read the data your devices recorded while you owned them',
      'Rename your devices, take and release them for you',
    ],
    deniesTitle: 'It will not be able to',
    denies: ['See or change your password', 'Log in to this site as you', 'See data of other people'],
    who: (owner: string) => ['People who work with ', owner, ' may see this data.'] as const,
    howLong: 'Access lasts until you disconnect it, on your account page.',
    destination: 'Afterwards you go to',
    authorize: 'Authorize',
    deny: 'Deny',
  },

  sandboxOnly: {
    title: 'This is a sandbox',
    text: (application: string) =>
      [
        '',
        application,
        ' is not approved yet, so it can act only for its test user. Nothing of yours was shared.',
      ] as const,
    stranger: 'You can close this page. If you have the password of the test user, log in as the test user to go on.',
    member: 'To go on, log in as the test user:',
    password: 'Create a password for the test user',
    logIn: 'Log in as the test user',
  },

  account: {
    title: (firstName: string) => `Hello, ${firstName}`,
    devices: 'Devices',
    deviceCount: (count: number) =>
      count === 0 ? 'You own no device now.' : `You own ${counted(count, 'device', 'devices')} now.`,
    activate: 'Activate a device',
    connected: 'Connected applications',
    connectedHint: 'They can read your data until you disconnect them.',
    none: 'No application is connected to your account.',
    noneHint: 'When one asks for your data, you decide, and it appears here.',
    application: 'Application',
    access: 'May do',
    scopes: { all: 'See your devices and their data, and manage your devices' } as Readonly<Record<string, string>>,
    since: 'Connected',
    lastUsed: 'Last used',
    never: 'Not yet',
    how: 'How',
    methods: { consent: 'You authorized it', password: 'With your e-mail address and password' },
    suspended: 'Suspended',
    action: 'Action',
    disconnect: 'Disconnect',
    security: 'Security',
    changePassword: 'Change password',
    email: 'E-mail address',
    disconnectedTitle: 'Disconnected',
    disconnected: (application: string, owner: string) =>
      [
        '',
        application,
        ' has no access any more: all its tokens ended just now. What it copied before is with ',
        owner,
        '; ask them to delete it.',
      ] as const,
    passwordChanged:
      'Your password was changed. Other browsers were logged out, and applications that were connected with your password were disconnected.',
  },

  disconnect: {
    title: (application: string) => ['Disconnect ', application, '?'] as const,
    effects: [
      'All its access to your data ends at once.',
      'It can ask you again, and you can connect it again.',
      'Data it copied before is not deleted there; that is up to its owner.',
    ],
    submit: 'Disconnect',
    keep: 'Keep it connected',
  },

  changePassword: {
    title: 'Change password',
    current: 'Current password',
    next: 'New password',
    effects:
      'Other browsers are logged out. Applications that use your password are disconnected; those you authorized stay.',
    submit: 'Change password',
    refused: 'The current password is wrong.',
    back: 'Back to your account',
  },

  causes,

  developer,

  admin,

  confirm: {
    title: 'Your password, please',
    lead: 'What you are about to do matters, so we make sure that it is you. It holds for ten minutes.',
    submit: 'Continue',
    refused: 'The password is wrong.',
  },

  activation: {
    title: 'Activate a device',
    lead: 'With this a device becomes yours. What it records from now on belongs to your account.',
    serialNumber: 'Serial number',
    serialNumberHint: 'On the label of the device, with its leading zeros, like 012345.',
    deviceName: 'Device name',
    deviceNameHint: 'The 12 characters below it, like a1b2c3d4e5f8.',
    submit: 'Activate',
    results: {
      taken: 'It worked: the device is yours now.',
      already_yours: 'This device is yours already. Nothing changed.',
      owned: 'Somebody else owns this device now. They have to release it first.',
      unknown: 'No device has this serial number and this name. Compare both with the label.',
      missing: 'Enter the serial number and the device name.',
      throttled: 'That were many tries. Compare both with the label, and try again in a minute.',
    },
  },

  apiReference,
  runTheFlow,
  docs,

  error: {
    fallback: {
      title: 'Something went wrong',
      text: 'The request could not be served.',
      hint: 'Try again. If it happens again, tell us the request number below.',
    },
    kinds: {
      not_found: {
        title: 'There is nothing here',
        text: 'The address is wrong, or what was here is gone.',
        hint: 'Check the address, or start from the home page.',
      },
      unknown_application: {
        title: 'Unknown application',
        text: 'The application that sent you here is not registered, or is suspended.',
        hint: 'Go back to the application and tell its developers. Nothing of yours was shared.',
      },
      redirect_uri_missing: {
        title: 'The request is incomplete',
        text: 'The application did not say where you go afterwards.',
        hint: 'Go back to the application and tell its developers: redirect_uri must be sent exactly once.',
      },
      redirect_uri_mismatch: {
        title: 'Wrong return address',
        text: 'The application wants you to return to an address that is not registered for it. To protect you, we stop here.',
        hint: 'Go back to the application and tell its developers: redirect_uri must equal a registered callback, to the last character.',
      },
      redirect_uri_ambiguous: {
        title: 'Wrong return address',
        text: 'The address where the application wants you to return has a parameter that our response has too. To protect you, we stop here.',
        hint: 'Go back to the application and tell its developers: they must register a callback without this parameter.',
      },
      grant_without_callback: {
        title: 'This application logs in another way',
        text: 'The application that sent you here is not registered for logging in on this site.',
        hint: 'Go back to the application and tell its developers: its grant type is not authorization_code.',
      },
      malformed_request: {
        title: 'The request is damaged',
        text: 'The address or the form holds characters that do not belong there, or too many values.',
        hint: 'Go back and start again.',
      },
      request_expired: {
        title: 'This request has ended',
        text: 'It was answered already, or it is too old.',
        hint: 'Go back to the application and start again from there.',
      },
      foreign_form: {
        title: 'This page is out of date',
        text: 'The form did not come from this site as you see it now, so nothing was done.',
        hint: 'Go back, reload the page, and try again. Cookies must be allowed.',
      },
      ended: {
        title: 'This changed in the meantime',
        text: 'The application or your account was changed while you decided. Nothing was shared.',
        hint: 'Go back to the application and start again.',
      },
      throttled: {
        title: 'Too many requests',
        text: 'You or your network sent more requests than we can take at once.',
        hint: 'Wait a minute, then try again.',
      },
      temporarily_unavailable: {
        title: 'Back in a moment',
        text: 'The service is busy or being restarted. Nothing was lost.',
        hint: 'Wait a moment, then try again.',
      },
      not_permitted: {
        title: 'Not with your role',
        text: 'Your role among the staff does not permit this.',
        hint: 'Ask an administrator to do it, or to change your role.',
      },
      owners_only: {
        title: 'Only owners may do this',
        text: 'You are a member of this application, and not one of its owners.',
        hint: 'Ask an owner to do it, or to hand the application over.',
      },
      too_large: {
        title: 'This is too large',
        text: 'The form holds more than we take, so nothing of it was kept.',
        hint: 'Go back, shorten it, and send it again.',
      },
      method_not_allowed: {
        title: 'Not like this',
        text: 'This address cannot be used that way.',
        hint: 'Start from the home page.',
      },
      server_error: {
        title: 'Something went wrong on our side',
        text: 'It is not your fault, and we have a record of it.',
        hint: 'Try again. If it happens again, tell us the request number below.',
      },
    } satisfies ErrorTexts as Readonly<Record<string, ErrorText>>,
    request: 'Request',
    forDevelopers: 'For the developers of the application: what went wrong',
    home: 'Home page',
    account: 'Your account',
  },
} as const;
