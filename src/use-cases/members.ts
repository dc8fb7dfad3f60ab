import { hash } from 'node:crypto';
import { normaliseEmail } from '../accounts/email.ts';
import { mailTo } from '../mail/template.tsx';
import { mailTemplates } from '../mail/templates.ts';
import type { Application, Invitation, MemberRole, User } from '../ports/store/index.ts';
import { mailsToOwners, portalUrl, subjectOf } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

const invitationMs = 7 * 86_400_000;

/** Asks somebody to join, by a mail whose link is good once, for 7 days, for an account with that address. */
export async function invite(
  context: UseCaseContext,
  application: Application,
  wanted: { readonly email: string; readonly role: MemberRole; readonly invitedBy: string },
): Promise<'invited' | 'not_an_address' | 'is_member'> {
  const email = normaliseEmail(wanted.email);
  if (email === null) return 'not_an_address';
  const members = await context.store.members.list(application.id);
  if (members.some((member) => member.email === email)) return 'is_member';
  const token = context.random.text(32);
  const content = mailTemplates.invitation(
    application.name,
    wanted.invitedBy,
    `${context.publicUrl}/developer/invitation/?token=${token}`,
  );
  await context.store.members.invite({
    idHash: hashOf(token),
    applicationId: application.id,
    email,
    role: wanted.role,
    createdAt: context.now,
    expiresAt: context.now + invitationMs,
    record: changeRecord(context, 'application.member_invited', subjectOf(application), {
      detail: { email, role: wanted.role },
      mails: [mailTo(email, content)],
    }),
  });
  return 'invited';
}

/** What the link of a mail leads to; `undefined`: it was used, withdrawn or is too old. */
export async function findInvitation(context: UseCaseContext, token: string): Promise<Invitation | undefined> {
  return context.store.members.findInvitation(hashOf(token), context.now);
}

export async function acceptInvitation(
  context: UseCaseContext,
  token: string,
  user: User,
): Promise<
  { readonly outcome: 'accepted'; readonly application: Application } | { readonly outcome: 'gone' | 'other_address' }
> {
  const invitation = await findInvitation(context, token);
  const application = invitation && (await context.store.applications.find(invitation.applicationId));
  if (invitation === undefined || application === undefined) return { outcome: 'gone' };
  if (invitation.email !== user.email) return { outcome: 'other_address' };
  const url = portalUrl(context, application.clientId, 'members/');
  const content = mailTemplates.memberJoined(application.name, `${user.firstName} ${user.lastName}`, url);
  const outcome = await context.store.members.accept({
    idHash: hashOf(token),
    userId: user.id,
    email: user.email,
    now: context.now,
    record: changeRecord(context, 'application.member_joined', subjectOf(application), {
      detail: { email: user.email, role: invitation.role },
      mails: await mailsToOwners(context, application, content),
    }),
  });
  return outcome === 'accepted' ? { outcome, application } : { outcome };
}

export async function withdrawInvitation(
  context: UseCaseContext,
  application: Application,
  idHash: string,
): Promise<'withdrawn' | 'gone'> {
  const open = await context.store.members.invitations(application.id, context.now);
  const invitation = open.find((each) => each.idHash === idHash);
  if (invitation === undefined) return 'gone';
  const record = changeRecord(context, 'application.invitation_withdrawn', subjectOf(application), {
    detail: { email: invitation.email },
  });
  return context.store.members.withdrawInvitation(idHash, record);
}

export async function removeMember(
  context: UseCaseContext,
  application: Application,
  userId: number,
): Promise<'removed' | 'unknown' | 'last_owner'> {
  const members = await context.store.members.list(application.id);
  const member = members.find((each) => each.userId === userId);
  if (member === undefined) return 'unknown';
  const record = changeRecord(context, 'application.member_removed', subjectOf(application), {
    detail: { email: member.email },
  });
  return context.store.members.remove({ applicationId: application.id, userId, record });
}

/** Hands an application over to another of its members. */
export async function transfer(
  context: UseCaseContext,
  application: Application,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<'transferred' | 'unknown'> {
  const members = await context.store.members.list(application.id);
  const [giver, taker] = [from, to].map((id) => members.find((member) => member.userId === id));
  if (giver === undefined || taker === undefined) return 'unknown';
  const content = mailTemplates.ownershipTransferred(
    application.name,
    taker.name,
    portalUrl(context, application.clientId),
  );
  const record = changeRecord(context, 'application.transferred', subjectOf(application), {
    before: { owner: giver.email },
    after: { owner: taker.email },
    mails: [giver, taker].map(({ email }) => mailTo(email, content)),
  });
  return context.store.members.transfer({ applicationId: application.id, from, to, record });
}

/** Makes somebody an owner without asking: what an administrator does for an application that nobody runs. */
export async function appoint(context: UseCaseContext, application: Application, user: User): Promise<'added'> {
  const content = mailTemplates.ownershipTransferred(
    application.name,
    `${user.firstName} ${user.lastName}`,
    portalUrl(context, application.clientId),
  );
  const record = changeRecord(context, 'application.owner_appointed', subjectOf(application), {
    detail: { email: user.email },
    mails: [mailTo(user.email, content), ...(await mailsToOwners(context, application, content))],
  });
  return context.store.members.add({
    applicationId: application.id,
    userId: user.id,
    role: 'owner',
    now: context.now,
    record,
  });
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
