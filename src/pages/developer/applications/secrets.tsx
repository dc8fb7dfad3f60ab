import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import { createSecret, revocationTimes, revokeSecret } from '../../../use-cases/secrets.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView } from '../../shared/confirmation-view.tsx';
import { readChoice } from '../../shared/read-value.ts';
import { isActive } from '../../shared/secret-table.tsx';
import { SecretView } from '../../shared/secret-view.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationSection, membershipOf, pathOfApplication } from '../members/membership.ts';
import { SecretsView } from './secrets-view.tsx';

/** `/developer/applications/{application}/secrets/`: the last characters of the secrets; a POST creates one. */
export const createOwnSecret: FormPage<Viewer> = {
  get: async (request) => show(request),
  post: create,
};

async function show(request: PageRequest<Viewer>, tooMany = false): Promise<PageResponse> {
  const { application } = await membershipOf(request);
  const { store, clock } = request.services;
  const now = clock.now();
  const secrets = await store.secrets.list(application.id, now);
  const view = (
    <SecretsView
      context={request.context}
      application={application}
      secrets={secrets}
      now={now}
      tooMany={tooMany}
      isRevoked={request.query.get('done') === 'retired'}
    />
  );
  return { kind: 'page', view, status: tooMany ? 409 : 200 };
}

async function create(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request);
  const created = await createSecret(contextForUseCase(request), application.clientId);
  if (created.outcome !== 'made') return show(request, created.outcome === 'too_many');
  const { context } = request;
  const texts = context.messages.developer.secrets;
  const view = (
    <SecretView
      context={context}
      section={applicationSection(context, application.clientId)}
      title={texts.createdTitle}
      secret={created.secret}
      copyNow={texts.copyNow}
      next={{ href: pathOfApplication(application.clientId, 'secrets/'), text: texts.stored }}
    />
  );
  return { kind: 'page', view };
}

/** `/developer/applications/{application}/secrets/{secret}/`: revokes a secret, now or later. */
export const revokeOwnSecret: FormPage<Viewer> = {
  get: ask,
  post: async (request) => {
    const { application } = await membershipOf(request);
    const when = readChoice(request.form.get('when'), revocationTimes);
    if (when === undefined) return ask(request);
    const outcome = await revokeSecret(
      contextForUseCase(request),
      application.clientId,
      request.segments.secret ?? '',
      when,
    );
    if (outcome === 'unknown') throw gone();
    return { kind: 'redirect', location: pathOfApplication(application.clientId, 'secrets/?done=retired') };
  },
};

function gone(): Problem {
  return new Problem(404, 'not_found', 'This secret does not work any more');
}

async function ask(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request);
  const { store, clock } = request.services;
  const now = clock.now();
  const secrets = await store.secrets.list(application.id, now);
  const secret = secrets.find(({ id }) => id === request.segments.secret);
  if (secret === undefined || !isActive(secret, now)) throw gone();
  const { context } = request;
  const texts = context.messages.developer.secrets;
  const view = (
    <ConfirmationView
      context={context}
      section={applicationSection(context, application.clientId)}
      name={texts.revoke}
      title={texts.revokeTitle(secret.lastFour)}
      effects={texts.revokeEffects}
      submit={texts.revoke}
      danger
      back={{ href: pathOfApplication(application.clientId, 'secrets/'), text: texts.keep }}
    >
      <Select
        name="when"
        label={texts.when}
        value="week"
        options={revocationTimes.map((value) => ({ value, text: texts.whens[value] }))}
      />
    </ConfirmationView>
  );
  return { kind: 'page', view };
}
