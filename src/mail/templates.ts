import type { MailContent } from './template.tsx';

/** Every mail the platform writes, in English. `url` is the page that it is about. */
export const mailTemplates = {
  registrationSubmitted: (product: string, organisation: string, url: string): MailContent => ({
    subject: `New registration: ${product}`,
    paragraphs: [`${organisation} asks for access for ${product}. The registration is in the queue.`],
    action: { text: 'Open the registration', url },
  }),
  registrationReceived: (product: string, url: string): MailContent => ({
    subject: `We have your registration of ${product}`,
    paragraphs: [
      `Your registration of ${product} is in the queue of the administrators. You hear from us as soon as somebody has read it.`,
      'Meanwhile you can try everything out with the sandbox credentials on its page.',
    ],
    action: { text: 'Open your registration', url },
  }),
  registrationAnswered: (product: string, text: string, url: string): MailContent => ({
    subject: `Reply: ${product}`,
    paragraphs: [`There is a reply about the registration of ${product}.`],
    quote: text,
    action: { text: 'Open the registration', url },
  }),
  informationRequested: (product: string, questions: string, url: string): MailContent => ({
    subject: `Questions about ${product}`,
    paragraphs: [
      `The administrators have read your registration of ${product} and ask for more information. As soon as you reply it is back in the queue.`,
    ],
    quote: questions,
    action: { text: 'Reply', url },
  }),
  messageToApplicant: (product: string, text: string, url: string): MailContent => ({
    subject: `A message about ${product}`,
    paragraphs: [`The administrators wrote to you about ${product}.`],
    quote: text,
    action: { text: 'Open the conversation', url },
  }),
  approved: (product: string, text: string, url: string): MailContent => ({
    subject: `${product} is approved`,
    paragraphs: [
      `Your registration of ${product} is approved. Log in to make the client secret: it is shown there, to you, once. The sandbox has ended.`,
    ],
    ...(text === '' ? {} : { quote: text }),
    action: { text: 'Get your credentials', url },
  }),
  declined: (product: string, text: string, url: string): MailContent => ({
    subject: `${product} is not approved`,
    paragraphs: [
      `Your registration of ${product} was not approved, for the reason below. If you see it differently, reply to it: then it is looked at again.`,
    ],
    quote: text,
    action: { text: 'Open your registration', url },
  }),
  withdrawn: (product: string, url: string): MailContent => ({
    subject: `Withdrawn: ${product}`,
    paragraphs: [`The registration of ${product} was withdrawn by its owner.`],
    action: { text: 'Open the registration', url },
  }),

  invitation: (application: string, who: string, url: string): MailContent => ({
    subject: `Join ${application} on Insiders`,
    paragraphs: [
      `${who} asks you to join the people who run the application ${application}.`,
      'The link works for 7 days, once, for an account with this e-mail address. If you do not expect this mail, ignore it.',
    ],
    action: { text: 'Open the invitation', url },
  }),
  memberJoined: (application: string, who: string, url: string): MailContent => ({
    subject: `${who} joined ${application}`,
    paragraphs: [`${who} accepted the invitation and can see the application ${application} now.`],
    action: { text: 'Open the members', url },
  }),
  ownershipTransferred: (application: string, who: string, url: string): MailContent => ({
    subject: `${application} has a new owner`,
    paragraphs: [`${who} is an owner of the application ${application} now.`],
    action: { text: 'Open the application', url },
  }),

  secretAdded: (application: string, lastFour: string, url: string): MailContent => ({
    subject: `New client secret of ${application}`,
    paragraphs: [
      `A client secret that ends in ${lastFour} was made for ${application}. If that was none of you, end it and tell us.`,
    ],
    action: { text: 'Open the secrets', url },
  }),
  secretReported: (application: string, lastFour: string, url: string): MailContent => ({
    subject: `A client secret of ${application} leaked and was ended`,
    paragraphs: [
      `Somebody who holds the client secret of ${application} that ends in ${lastFour} reported that it is known to others. It does not work any more. Make a new one now, and look for where it was readable.`,
    ],
    action: { text: 'Make a new secret', url },
  }),
  tokenReported: (application: string, url: string): MailContent => ({
    subject: `A token of ${application} leaked and was ended`,
    paragraphs: [
      `Somebody who holds a token of ${application} reported that it is known to others. It was ended, and the user has to connect the application again. Look for where it was readable.`,
    ],
    action: { text: 'Open the application', url },
  }),

  replayedForUser: (application: string, owner: string, url: string): MailContent => ({
    subject: `${application} was disconnected from your account`,
    paragraphs: [
      `A key of ${application} that had been replaced was used again. Somebody else may have copied it, so we ended all access of ${application} to your data, to be safe.`,
      `Nobody saw your password. If you want to go on with ${application} (made by ${owner}), connect it again from there.`,
    ],
    action: { text: 'See your connected applications', url },
  }),
  replayedForOwner: (application: string, url: string): MailContent => ({
    subject: `A refresh token of ${application} was used twice`,
    paragraphs: [
      `A refresh token of ${application} that had been replaced came again after the overlap. Either it was copied, or your system did not store the newest one. The authorization of that user was ended; the user has to connect again.`,
      'Store the refresh token of each answer before you use it, and refresh from one place at a time.',
    ],
    action: { text: 'See what was refused', url },
  }),

  grantChangeRequested: (application: string, to: string, reason: string, url: string): MailContent => ({
    subject: `Other grant type asked for: ${application}`,
    paragraphs: [`The owner of ${application} asks for the grant type ${to}.`],
    quote: reason,
    action: { text: 'Look at it', url },
  }),
  grantChangeScheduled: (application: string, to: string, when: string, url: string): MailContent => ({
    subject: `${application} changes its grant type on ${when}`,
    paragraphs: [
      `From ${when} on the grant type of ${application} is ${to}. Until then nothing changes. Tokens that exist then stay good; new ones need the new grant.`,
    ],
    action: { text: 'Open the application', url },
  }),
  grantChanged: (application: string, to: string, url: string): MailContent => ({
    subject: `The grant type of ${application} is ${to} now`,
    paragraphs: [
      `The grant type of ${application} was changed to ${to}. Tokens that exist stay good and can be refreshed; new ones need the new grant. It can be changed back within 24 hours.`,
    ],
    action: { text: 'Open the application', url },
  }),
  grantChangeUndone: (application: string, back: string, url: string): MailContent => ({
    subject: `The grant type of ${application} is ${back} again`,
    paragraphs: [`The change of the grant type of ${application} was taken back: it is ${back} again.`],
    action: { text: 'Open the application', url },
  }),
  grantChangeDeclined: (application: string, reason: string, url: string): MailContent => ({
    subject: `The grant type of ${application} stays`,
    paragraphs: [`The change of the grant type of ${application} that you asked for was not made.`],
    ...(reason === '' ? {} : { quote: reason }),
    action: { text: 'Open the application', url },
  }),

  applicationSuspended: (application: string, reason: string, url: string): MailContent => ({
    subject: `${application} is suspended`,
    paragraphs: [
      `The application ${application} was suspended: it cannot get tokens, and none of its tokens works until it is resumed.`,
    ],
    ...(reason === '' ? {} : { quote: reason }),
    action: { text: 'Open the application', url },
  }),
  applicationResumed: (application: string, url: string): MailContent => ({
    subject: `${application} works again`,
    paragraphs: [`The application ${application} was resumed. Its tokens work again.`],
    action: { text: 'Open the application', url },
  }),
  allRevoked: (application: string, users: number, url: string): MailContent => ({
    subject: `All users of ${application} were disconnected`,
    paragraphs: [
      `All authorizations of ${application} were ended (${users}). Its users have to connect it again; the client credentials stay good.`,
    ],
    action: { text: 'Open the application', url },
  }),
} as const;
