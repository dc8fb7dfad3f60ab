import { designApplication } from '../applications/new-application.ts';
import { callbacksOf } from '../applications/registration/answers.ts';
import type { RegistrationAnswers, SandboxDesign, User } from '../ports/store/index.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/** The manager of a sandbox owns so many devices now, and one that is somebody else's by now. */
const devicesOwned = 3;

/**
 * Creates a sandbox: an application to try the API before approval, with the same code and the same addresses, but only
 * for one test user, whose devices are made up. It has no secret yet: its owner creates one in the portal, as later for
 * the approved application.
 * @throws {RangeError} the answers were not checked
 */
export async function sandboxFor(
  context: Pick<UseCaseContext, 'random' | 'now'>,
  answers: RegistrationAnswers,
  hashPassword: (password: string) => Promise<string>,
): Promise<SandboxDesign> {
  const request = {
    // By characters: half of one can't be part of a name.
    name: `${[...answers.productName].slice(0, 90).join('')} sandbox`,
    ownerName: answers.organisation,
    website: answers.website,
    grantType: answers.grantType,
    redirectUris: callbacksOf(answers),
    isPublic: answers.kind === 'device',
  };
  const design = designApplication(request, context.random, context.now);
  if (design.outcome === 'invalid') throw new RangeError(design.problems.join('; '));
  const serial = (index: number) => `SANDBOX-${context.random.bytes(4).toString('hex').toUpperCase()}-${index}`;
  const device = (_: unknown, index: number) => ({
    serialNumber: serial(index + 1),
    deviceName: context.random.bytes(6).toString('hex'),
  });
  return {
    application: { ...design.application, secret: null },
    manager: {
      // Nobody receives mail there (RFC 2606 2).
      email: `manager-${context.random.bytes(5).toString('hex')}@sandbox.example`,
      // Known to nobody: whoever tries the sandbox out makes one in the portal.
      passwordHash: await hashPassword(context.random.text(32)),
      firstName: 'Sandy',
      lastName: 'Box',
      administratorRole: null,
      now: context.now,
    },
    devices: Array.from({ length: devicesOwned + 1 }, device),
  };
}

/** A new password for the manager of a sandbox, in clear this once. What rested on the old one ends. */
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
