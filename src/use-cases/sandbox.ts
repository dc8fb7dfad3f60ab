import { buildApplication } from '../applications/new-application.ts';
import { callbacksOf } from '../applications/registration/answers.ts';
import type { RegistrationAnswers, SandboxDesign, User } from '../ports/store/index.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/** Devices that the test user of a sandbox owns. The test user also owned one more, whose ownership has ended. */
const ownedDevices = 3;

/**
 * Designs a sandbox: an application to try the API before approval, which only one test user with invented devices can
 * authorize. It runs through the same code and addresses as every application. It has no secret: its owner creates one
 * in the portal, as for the approved application.
 * @throws {RangeError} the answers describe no application; they must be checked before
 */
export async function sandboxFor(
  context: Pick<UseCaseContext, 'random' | 'now'>,
  answers: RegistrationAnswers,
  hashPassword: (password: string) => Promise<string>,
): Promise<SandboxDesign> {
  const request = {
    // Cut between characters: a half surrogate pair is not allowed in a name.
    name: `${[...answers.productName].slice(0, 90).join('')} sandbox`,
    ownerName: answers.organisation,
    website: answers.website,
    grantType: answers.grantType,
    redirectUris: callbacksOf(answers),
    isPublic: answers.kind === 'device',
  };
  const design = buildApplication(request, context.random, context.now);
  if (design.outcome === 'invalid') throw new RangeError(design.problems.join('; '));
  const serial = (index: number) => `SANDBOX-${context.random.bytes(4).toString('hex').toUpperCase()}-${index}`;
  const device = (_: unknown, index: number) => ({
    serialNumber: serial(index + 1),
    deviceName: context.random.bytes(6).toString('hex'),
  });
  return {
    application: { ...design.application, secret: null },
    testUser: {
      // A domain that can't receive email (RFC 2606, section 2).
      email: `manager-${context.random.bytes(5).toString('hex')}@sandbox.example`,
      // A random password that is not shown to anyone. The owner sets one in the portal: `resetSandboxPassword`.
      passwordHash: await hashPassword(context.random.text(32)),
      firstName: 'Sandy',
      lastName: 'Box',
      administratorRole: null,
      now: context.now,
    },
    devices: Array.from({ length: ownedDevices + 1 }, device),
  };
}

/**
 * Sets a new password for the test user of a sandbox. Returns it in plain text; only its hash is stored. Sessions,
 * codes and password-grant families of the old password become invalid: see `Users.resetPassword`.
 */
export async function resetSandboxPassword(
  context: UseCaseContext,
  manager: User,
  hashPassword: (password: string) => Promise<string>,
): Promise<string> {
  const password = context.random.text(12);
  await context.store.users.resetPassword({
    userId: manager.id,
    passwordHash: await hashPassword(password),
    now: context.now,
    record: changeRecord(context, 'sandbox.password_made', `user:${manager.id}`),
  });
  return password;
}
