import type { Viewer } from '../../../http/guards/session.ts';
import { subjectOf } from '../../../use-cases/applications.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { membershipOf } from '../members/membership.ts';
import { HistoryView } from './history-view.tsx';

const maxEntries = 100;

/** `/developer/applications/{application}/history/`: the entries of the audit log about this application. */
export async function showHistory(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request);
  const { store } = request.services;
  const subject = subjectOf(application);
  const entries = await store.audit.history({ applicationId: application.id, subject, limit: maxEntries });
  const view = (
    <HistoryView
      context={request.context}
      application={application}
      entries={entries}
      viewerId={request.viewer.user.id}
    />
  );
  return { kind: 'page', view };
}
