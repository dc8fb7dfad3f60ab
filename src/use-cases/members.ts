import { hash } from 'node:crypto';
import { normaliseEmail } from '../accounts/email.ts';
import { mailTo } from '../mail/template.tsx';
import { letters } from '../mail/templates.ts';
import type { Application, Invitation, MemberRole, User } from '../ports/store/index.ts';
import { portalUrl, subjectOf, toOwners } from './applications.ts';
import { type Desk, noteOf } from './context.ts';

const invitationMs = 7 * 86_400_000;

/** Asks somebody to join, by a mail whose link is good once, for 7 days, for an account with that address. */
export async function invite(
  desk: Desk,
  application: Application,
  wanted: { readonly email: string; readonly role: MemberRole; readonly invitedBy: string },
): Promise<'invited' | 'not_an_address' | 'is_member'> {
  const email = normaliseEmail(wanted.email);
  if (email === null) return 'not_an_address';
  const members = await desk.store.members.list(application.id);
  if (members.some((member) => member.email === email)) return 'is_member';
  const token = desk.random.text(32);
  const letter = letters.invitation(
    application.name,
    wanted.invitedBy,
    `${desk.publicUrl}/developer/invitation/?token=${token}`,
  );
  await desk.store.members.invite({
    idHash: hashOf(token),
    applicationId: application.id,
    email,
    role: wanted.role,
    createdAt: desk.now,
    expiresAt: desk.now + invitationMs,
    note: noteOf(desk, 'application.member_invited', subjectOf(application), {
      detail: { email, role: wanted.role },
      mails: [mailTo(email, letter)],
    }),
  });
  return 'invited';
}

/** What the link of a mail leads to; `undefined`: it was used, withdrawn or is too old. */
export async function findInvitation(desk: Desk, token: string): Promise<Invitation | undefined> {
  return desk.store.members.findInvitation(hashOf(token), desk.now);
}

export async function acceptInvitation(
  desk: Desk,
  token: string,
  user: User,
): Promise<
  { readonly outcome: 'accepted'; readonly application: Application } | { readonly outcome: 'gone' | 'other_address' }
> {
  const invitation = await findInvitation(desk, token);
  const application = invitation && (await desk.store.applications.find(invitation.applicationId));
  if (invitation === undefined || application === undefined) return { outcome: 'gone' };
  if (invitation.email !== user.email) return { outcome: 'other_address' };
  const url = portalUrl(desk, application.clientId, 'members/');
  const letter = letters.memberJoined(application.name, `${user.firstName} ${user.lastName}`, url);
  const outcome = await desk.store.members.accept({
    idHash: hashOf(token),
    userId: user.id,
    email: user.email,
    now: desk.now,
    note: noteOf(desk, 'application.member_joined', subjectOf(application), {
      detail: { email: user.email, role: invitation.role },
      mails: await toOwners(desk, application, letter),
    }),
  });
  return outcome === 'accepted' ? { outcome, application } : { outcome };
}

export async function withdrawInvitation(
  desk: Desk,
  application: Application,
  idHash: string,
): Promise<'withdrawn' | 'gone'> {
  const open = await desk.store.members.invitations(application.id, desk.now);
  const invitation = open.find((each) => each.idHash === idHash);
  if (invitation === undefined) return 'gone';
  const note = noteOf(desk, 'application.invitation_withdrawn', subjectOf(application), {
    detail: { email: invitation.email },
  });
  return desk.store.members.withdrawInvitation(idHash, note);
}

export async function removeMember(
  desk: Desk,
  application: Application,
  userId: number,
): Promise<'removed' | 'unknown' | 'last_owner'> {
  const members = await desk.store.members.list(application.id);
  const member = members.find((each) => each.userId === userId);
  if (member === undefined) return 'unknown';
  const note = noteOf(desk, 'application.member_removed', subjectOf(application), { detail: { email: member.email } });
  return desk.store.members.remove({ applicationId: application.id, userId, note });
}

/** Hands an application over to another of its members. */
export async function transfer(
  desk: Desk,
  application: Application,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<'transferred' | 'unknown'> {
  const members = await desk.store.members.list(application.id);
  const [giver, taker] = [from, to].map((id) => members.find((member) => member.userId === id));
  if (giver === undefined || taker === undefined) return 'unknown';
  const letter = letters.ownershipTransferred(application.name, taker.name, portalUrl(desk, application.clientId));
  const note = noteOf(desk, 'application.transferred', subjectOf(application), {
    before: { owner: giver.email },
    after: { owner: taker.email },
    mails: [giver, taker].map(({ email }) => mailTo(email, letter)),
  });
  return desk.store.members.transfer({ applicationId: application.id, from, to, note });
}

/** Makes somebody an owner without asking: what an administrator does for an application that nobody runs. */
export async function appoint(desk: Desk, application: Application, user: User): Promise<'added'> {
  const letter = letters.ownershipTransferred(
    application.name,
    `${user.firstName} ${user.lastName}`,
    portalUrl(desk, application.clientId),
  );
  const note = noteOf(desk, 'application.owner_appointed', subjectOf(application), {
    detail: { email: user.email },
    mails: [mailTo(user.email, letter), ...(await toOwners(desk, application, letter))],
  });
  return desk.store.members.add({ applicationId: application.id, userId: user.id, role: 'owner', now: desk.now, note });
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
