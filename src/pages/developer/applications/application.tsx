import type { Viewer } from '../../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { lastDays, today } from '../../shared/traffic.ts';
import { membershipOf } from '../members/membership.ts';
import { ApplicationView } from './application-view.tsx';

/** Errors on the overview. */
const fewErrors = 5;

/** `/developer/applications/{application}/`: how it is configured, and how it runs. */
export async function showOwnApplication(request: PageRequest<Viewer>): Promise<PageResponse> {
  return show(request);
}

async function show(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, query } = request;
  const { application, role } = await membershipOf(request);
  const { store, clock, config } = services;
  const day = today(clock.now());
  const [impact, traffic, refusals, sandboxManager] = await Promise.all([
    store.applications.impact(application.id),
    store.traffic.list(application.id, day - 29),
    store.refusedRequests.list({ applicationId: application.id, limit: fewErrors }),
    application.sandboxUserId === null ? undefined : store.users.find(application.sandboxUserId),
  ]);
  const disconnected = Number(query.get('disconnected'));
  const view = (
    <ApplicationView
      context={context}
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
