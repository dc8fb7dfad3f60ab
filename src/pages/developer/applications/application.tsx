import type { Viewer } from '../../../http/guards/session.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { lastDays, today } from '../../shared/traffic.ts';
import { membershipOf } from '../members/membership.ts';
import { ApplicationView } from './application-view.tsx';

/** Errors on the overview. */
const fewErrors = 5;

/** `/developer/applications/{application}/`: how it is configured, and how it runs. */
export const applicationPage: Page = {
  path: '/developer/applications/:application/',
  guard: 'signed-in',
  get: async (request) => show(request),
};

async function show(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { services, shell, query } = request;
  const { application, role } = await membershipOf(request);
  const { store, clock, config } = services;
  const day = today(clock.now());
  const [impact, traffic, refusals, sandboxManager] = await Promise.all([
    store.applications.impact(application.id),
    store.traffic.list(application.id, day - 29),
    store.refusals.list({ applicationId: application.id, limit: fewErrors }),
    application.sandboxUserId === null ? undefined : store.users.find(application.sandboxUserId),
  ]);
  const disconnected = Number(query.get('disconnected'));
  const view = (
    <ApplicationView
      shell={shell}
      application={application}
      isOwner={role === 'owner'}
      issuer={config.publicUrl}
      defaultTokenSeconds={config.accessTokenSeconds}
      impact={impact}
      days={lastDays(traffic, day)}
      refusals={refusals.rows}
      sandboxEmail={sandboxManager?.email ?? null}
      {...(Number.isSafeInteger(disconnected) && query.get('disconnected') !== undefined && { disconnected })}
    />
  );
  return { kind: 'page', view };
}
