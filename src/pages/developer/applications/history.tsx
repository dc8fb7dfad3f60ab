import type { Viewer } from '../../../http/guards/session.ts';
import { subjectOf } from '../../../use-cases/applications.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { membershipOf } from '../members/membership.ts';
import { HistoryView } from './history-view.tsx';

const mostEntries = 100;

/** `/developer/applications/{application}/history/`: the entries of the audit log about this application. */
export async function showHistory(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request);
  const { store } = request.services;
  const [page, members] = await Promise.all([
    store.audit.list({ subject: subjectOf(application), limit: mostEntries }),
    store.members.list(application.id),
  ]);
  const view = (
    <HistoryView
      context={request.context}
      application={application}
      entries={page.entries}
      viewerId={request.viewer.user.id}
      memberIds={members.map(({ userId }) => userId)}
    />
  );
  return { kind: 'page', view };
}
