import type { MailContent } from './template.tsx';

/**
 * Every email of the platform, in English. `url` is the page that the email links to; `who`, `owner` and
 * `organisation` are names.
 */
export const mailTemplates = {
  registrationSubmitted: (product: string, organisation: string, url: string): MailContent => ({
    subject: `New registration: ${product}`,
    paragraphs: [`${organisation} requests access for ${product}. The registration is waiting for review.`],
    action: { text: 'Open the registration', url },
  }),
  registrationReceived: (product: string, url: string): MailContent => ({
    subject: `We received your registration of ${product}`,
    paragraphs: [
      `Your registration of ${product} is waiting for review. We email you as soon as an administrator has read it.`,
      'Meanwhile, you can try the API in the sandbox. You find its credentials on the page of your registration.',
    ],
    action: { text: 'Open your registration', url },
  }),
  registrationAnswered: (product: string, text: string, url: string): MailContent => ({
    subject: `Reply: ${product}`,
    paragraphs: [`The owner of the registration of ${product} replied to you.`],
    quote: text,
    action: { text: 'Open the registration', url },
  }),
  informationRequested: (product: string, questions: string, url: string): MailContent => ({
    subject: `Questions about ${product}`,
    paragraphs: [
      `We have read your registration of ${product} and need more information. When you reply, we review it again.`,
    ],
    quote: questions,
    action: { text: 'Reply', url },
  }),
  messageToApplicant: (product: string, text: string, url: string): MailContent => ({
    subject: `A message about ${product}`,
    paragraphs: [`The administrators sent you a message about ${product}.`],
    quote: text,
    action: { text: 'Open the messages', url },
  }),
  approved: (product: string, text: string, url: string): MailContent => ({
    subject: `${product} is approved`,
    paragraphs: [
      `We approved your registration of ${product}. Log in to get the client ID. If the application uses a client secret, create it there: we show it only once. The sandbox is closed.`,
    ],
    ...(text === '' ? {} : { quote: text }),
    action: { text: 'Get your credentials', url },
  }),
  declined: (product: string, text: string, url: string): MailContent => ({
    subject: `${product} is not approved`,
    paragraphs: [
      `We did not approve your registration of ${product}, for the reason below. If you disagree, reply on its page, and we review it again.`,
    ],
    quote: text,
    action: { text: 'Open your registration', url },
  }),
  withdrawn: (product: string, url: string): MailContent => ({
    subject: `Withdrawn: ${product}`,
    paragraphs: [`The owner of the registration of ${product} withdrew it.`],
    action: { text: 'Open the registration', url },
  }),

  invitation: (application: string, who: string, url: string): MailContent => ({
    subject: `Join ${application} on Insiders`,
    paragraphs: [
      `${who} invites you to become a member of the application ${application}.`,
      'You can use the link once within 7 days, with an account that has this email address. If you do not expect this email, ignore it.',
    ],
    action: { text: 'Open the invitation', url },
  }),
  memberJoined: (application: string, who: string, url: string): MailContent => ({
    subject: `${who} joined ${application}`,
    paragraphs: [`${who} accepted the invitation and is now a member of the application ${application}.`],
    action: { text: 'Open the members', url },
  }),
  ownershipTransferred: (application: string, who: string, url: string): MailContent => ({
    subject: `${application} has a new owner`,
    paragraphs: [`${who} is now an owner of the application ${application}.`],
    action: { text: 'Open the application', url },
  }),

  secretAdded: (application: string, lastFour: string, url: string): MailContent => ({
    subject: `New client secret of ${application}`,
    paragraphs: [
      `A client secret that ends in ${lastFour} was created for ${application}. If nobody on your team created it, revoke it and tell us.`,
    ],
    action: { text: 'Open the secrets', url },
  }),
  secretReported: (application: string, lastFour: string, url: string): MailContent => ({
    subject: `A client secret of ${application} leaked and was revoked`,
    paragraphs: [
      `Someone sent us the client secret of ${application} that ends in ${lastFour}, to report that it leaked. We revoked it. Create a new one now, and find out where the old one could be read.`,
    ],
    action: { text: 'Create a new secret', url },
  }),
  tokenReported: (application: string, url: string): MailContent => ({
    subject: `A token of ${application} leaked and was revoked`,
    paragraphs: [
      `Someone sent us a token of ${application}, to report that it leaked. We revoked it, and the user has to connect the application again. Find out where the token could be read.`,
    ],
    action: { text: 'Open the application', url },
  }),

  replayedForUser: (application: string, owner: string, url: string): MailContent => ({
    subject: `${application} was disconnected from your account`,
    paragraphs: [
      `A key of ${application} was used again after it had been replaced. Someone may have copied it, so we ended all access of ${application} to your data.`,
      `Nobody saw your password. If you want to keep using ${application} (by ${owner}), connect it again there.`,
    ],
    action: { text: 'See your connected applications', url },
  }),
  replayedForOwner: (application: string, url: string): MailContent => ({
    subject: `A refresh token of ${application} was used twice`,
    paragraphs: [
      `A refresh token of ${application} was used again after it had been rotated and the overlap was over. Either someone copied it, or your system did not store the newest one. We revoked the authorization of that user, who has to connect again.`,
      'Store the refresh token from each response before you use it, and let only one process refresh at a time.',
    ],
    action: { text: 'See the refused requests', url },
  }),

  grantChangeRequested: (application: string, to: string, reason: string, url: string): MailContent => ({
    subject: `Grant type change requested: ${application}`,
    paragraphs: [`An owner of ${application} requests the grant type ${to}.`],
    quote: reason,
    action: { text: 'Review the request', url },
  }),
  grantChangeScheduled: (application: string, to: string, when: string, url: string): MailContent => ({
    subject: `${application} changes its grant type on ${when}`,
    paragraphs: [
      `From ${when} on, ${application} uses the grant type ${to}. Until then, nothing changes. Tokens that exist then stay valid; to get new ones, the application needs the new grant type.`,
    ],
    action: { text: 'Open the application', url },
  }),
  grantChanged: (application: string, to: string, url: string): MailContent => ({
    subject: `The grant type of ${application} is now ${to}`,
    paragraphs: [
      `The grant type of ${application} was changed to ${to}. Existing tokens stay valid and can be refreshed; to get new ones, the application needs the new grant type. An administrator can undo the change within 24 hours.`,
    ],
    action: { text: 'Open the application', url },
  }),
  grantChangeUndone: (application: string, back: string, url: string): MailContent => ({
    subject: `The grant type of ${application} is ${back} again`,
    paragraphs: [`The change of the grant type of ${application} was undone. It is ${back} again.`],
    action: { text: 'Open the application', url },
  }),
  grantChangeDeclined: (application: string, reason: string, url: string): MailContent => ({
    subject: `The grant type of ${application} does not change`,
    paragraphs: [`The change of the grant type of ${application} was declined.`],
    ...(reason === '' ? {} : { quote: reason }),
    action: { text: 'Open the application', url },
  }),
  grantChangeCancelled: (application: string, url: string): MailContent => ({
    subject: `The grant type of ${application} does not change`,
    paragraphs: [`An owner of ${application} cancelled the change of its grant type.`],
    action: { text: 'Open the application', url },
  }),

  applicationSuspended: (application: string, reason: string, url: string): MailContent => ({
    subject: `${application} is suspended`,
    paragraphs: [
      `We suspended the application ${application}. It gets no new tokens, and we refuse its existing tokens until we resume it.`,
    ],
    ...(reason === '' ? {} : { quote: reason }),
    action: { text: 'Open the application', url },
  }),
  applicationResumed: (application: string, url: string): MailContent => ({
    subject: `${application} is active again`,
    paragraphs: [`We resumed the application ${application}. Its tokens are accepted again.`],
    action: { text: 'Open the application', url },
  }),
  allRevoked: (application: string, users: number, url: string): MailContent => ({
    subject: `All users of ${application} were disconnected`,
    paragraphs: [
      `All authorizations of ${application} were revoked (${users}). Its users have to connect it again; its client credentials stay valid.`,
    ],
    action: { text: 'Open the application', url },
  }),
} as const;
