import { may } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { Application } from '../../../ports/store/index.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { lastDays, today } from '../../shared/traffic.ts';
import { ConsoleApplicationView } from './application-view.tsx';

/** `/admin/applications/{application}/`: its configuration, traffic, secrets, members and refused requests. */
export async function showApplication(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, viewer, query } = request;
  const application = await applicationOrNotFound(request);
  const { store, clock, config } = services;
  const now = clock.now();
  const [impact, members, secrets, traffic, refusedRequests, registration] = await Promise.all([
    store.applications.impact(application.id),
    store.members.list(application.id),
    store.secrets.list(application.id, now),
    store.traffic.list(application.id, today(now) - 29),
    store.refusedRequests.list({ applicationId: application.id, limit: 10 }),
    store.registrations.findByApplication(application.id),
  ]);
  const view = (
    <ConsoleApplicationView
      context={context}
      application={application}
      impact={impact}
      members={members}
      secrets={secrets}
      now={now}
      days={lastDays(traffic, today(now))}
      refusedRequests={refusedRequests.rows}
      registrationId={registration?.id ?? null}
      defaultTokenSeconds={config.accessTokenSeconds}
      mayAct={may(viewer.user.administratorRole, 'administer')}
      noticeName={query.get('done')}
    />
  );
  return { kind: 'page', view };
}

/** The application that the path names. @throws {Problem} 404 */
export async function applicationOrNotFound({ services, segments }: PageRequest<Viewer>): Promise<Application> {
  const found = await services.store.applications.findByClientId(segments.application ?? '');
  if (found === undefined) throw new Problem(404, 'not_found', 'There is no such application');
  return found.application;
}
