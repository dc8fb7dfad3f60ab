import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { SecretRecord } from '../../../ports/store/index.ts';
import { makeSecret, type Retirement, retirements, retireSecret } from '../../../use-cases/secrets.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { ActView } from '../../shared/confirmation-view.tsx';
import { SecretView } from '../../shared/secret-view.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { membershipOf, pathOfApplication, sectionOf } from '../members/membership.ts';
import { SecretsView } from './secrets-view.tsx';

/** `/developer/applications/{application}/secrets/`: the secrets as far as they can be shown; a POST makes one. */
export const secretsPage: Page = {
  path: '/developer/applications/:application/secrets/',
  guard: 'signed-in',
  get: async (request) => show(request),
  post: make,
  sensitive: true,
};

async function show(request: PageRequest<Viewer>, tooMany = false): Promise<PageAnswer> {
  const { application } = await membershipOf(request);
  const { store, clock } = request.services;
  const now = clock.now();
  const secrets = await store.secrets.list(application.id, now);
  const done = request.query.get('done') === 'retired';
  const view = (
    <SecretsView
      shell={request.shell}
      application={application}
      secrets={secrets}
      now={now}
      tooMany={tooMany}
      done={done}
    />
  );
  return { kind: 'page', view, status: tooMany ? 409 : 200 };
}

async function make(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { application } = await membershipOf(request);
  const made = await makeSecret(deskOf(request), application.clientId);
  if (made.outcome !== 'made') return show(request, made.outcome === 'too_many');
  const { shell } = request;
  const texts = shell.messages.developer.secrets;
  const view = (
    <SecretView
      shell={shell}
      section={sectionOf(shell, application.clientId)}
      title={texts.made}
      secret={made.secret}
      copyNow={texts.copyNow}
      done={{ href: pathOfApplication(application.clientId, 'secrets/'), text: texts.stored }}
    />
  );
  return { kind: 'page', view };
}

/** `/developer/applications/{application}/secrets/{secret}/`: when it stops working. */
export const retireSecretPage: Page = {
  path: '/developer/applications/:application/secrets/:secret/',
  guard: 'signed-in',
  sensitive: true,
  get: ask,
  post: async (request) => {
    const { application } = await membershipOf(request);
    const when = request.form.get('when');
    if (!isRetirement(when)) return ask(request);
    const outcome = await retireSecret(deskOf(request), application.clientId, request.segments.secret ?? '', when);
    if (outcome === 'unknown') throw gone();
    return { kind: 'redirect', location: pathOfApplication(application.clientId, 'secrets/?done=retired') };
  },
};

function isRetirement(text: string | undefined): text is Retirement {
  return retirements.some((each) => each === text);
}

function gone(): Problem {
  return new Problem(404, 'not_found', 'This secret does not work any more');
}

async function ask(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { application } = await membershipOf(request);
  const { store, clock } = request.services;
  const now = clock.now();
  const secrets = await store.secrets.list(application.id, now);
  const secret = secrets.find(({ id }) => id === request.segments.secret);
  if (secret === undefined || !works(secret, now)) throw gone();
  const { shell } = request;
  const texts = shell.messages.developer.secrets;
  const view = (
    <ActView
      shell={shell}
      section={sectionOf(shell, application.clientId)}
      name={texts.retire}
      title={texts.retireTitle(secret.lastFour)}
      effects={texts.retireEffects}
      submit={texts.retire}
      danger
      back={{ href: pathOfApplication(application.clientId, 'secrets/'), text: texts.keep }}
    >
      <Select
        name="when"
        label={texts.when}
        value="week"
        options={retirements.map((value) => ({ value, text: texts.whens[value] }))}
      />
    </ActView>
  );
  return { kind: 'page', view };
}

/** Whether a secret is accepted at a moment. */
function works(secret: SecretRecord, now: number): boolean {
  return secret.retiresAt === null || secret.retiresAt > now;
}
