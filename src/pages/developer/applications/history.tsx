import { subjectOf } from '../../../use-cases/applications.ts';
import type { Page } from '../../page.ts';
import { membershipOf } from '../members/membership.ts';
import { HistoryView } from './history-view.tsx';

const mostEntries = 100;

/** `/developer/applications/{application}/history/`: the entries of the audit log about this application. */
export const historyPage: Page = {
  path: '/developer/applications/:application/history/',
  guard: 'signed-in',
  get: async (request) => {
    const { application } = await membershipOf(request);
    const { store } = request.services;
    const subject = subjectOf(application);
    const entries = await store.audit.history({ applicationId: application.id, subject, limit: mostEntries });
    const view = (
      <HistoryView
        shell={request.shell}
        application={application}
        entries={entries}
        viewerId={request.viewer.user.id}
      />
    );
    return { kind: 'page', view };
  },
};
