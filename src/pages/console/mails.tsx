import { may } from '../../accounts/roles.ts';
import { Problem } from '../../http/problem.ts';
import { retryMail } from '../../use-cases/mails.ts';
import { deskOf } from '../desk.ts';
import type { Page } from '../page.ts';
import { afterRow, choiceFilter, listPage, pageSize, readFilters } from '../shared/filters.ts';
import { MailsView, MailView } from './mails-view.tsx';
import { idFrom } from './query.ts';

/** `/admin/mails/`: all mails. Administrators can read the texts; this is the outbox where there is no mail server. */
export const mailsPage: Page = {
  path: '/admin/mails/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell }) => {
    const state = choiceFilter('state', ['waiting', 'sent', 'failed']);
    const asked = await readFilters(shell, query, { state, after: afterRow });
    const hasServer = services.config.smtpUrl !== null;
    return listPage(
      asked,
      (values) => services.store.mails.list({ ...values, limit: pageSize }),
      (listed) => <MailsView shell={shell} asked={asked} hasServer={hasServer} {...listed} />,
    );
  },
};

/**
 * `/admin/mails/{mail}/`: one mail in full; a POST retries it. It may contain an invitation, so not every administrator
 * can read it.
 */
export const mailPage: Page = {
  path: '/admin/mails/:mail/',
  guard: 'staff',
  power: 'administer',
  get: async ({ services, segments, shell, viewer, query }) => {
    const id = idFrom(segments.mail);
    const mail = id === undefined ? undefined : await services.store.mails.find(id);
    if (mail === undefined) throw new Problem(404, 'not_found', 'There is no such mail');
    const mayAct = may(viewer.user.staffRole, 'administer');
    return { kind: 'page', view: <MailView shell={shell} mail={mail} mayAct={mayAct} done={query.get('done')} /> };
  },
  post: async (request) => {
    const id = idFrom(request.segments.mail);
    if (id === undefined || (await retryMail(deskOf(request), id)) === 'unknown') {
      throw new Problem(404, 'not_found', 'There is no such mail, or it was sent');
    }
    return { kind: 'redirect', location: `/admin/mails/${id}/?done=retried` };
  },
};
