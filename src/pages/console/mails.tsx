import { may } from '../../accounts/roles.ts';
import type { Viewer } from '../../http/guards/session.ts';
import { Problem } from '../../http/problem.ts';
import { retryMail } from '../../use-cases/mails.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { afterRow, choiceFilter, listPage, pageSize, readFilters } from '../shared/filters.ts';
import { readRowId } from '../shared/read-value.ts';
import { contextForUseCase } from '../use-case-context.ts';
import { MailsView, MailView } from './mails-view.tsx';

/** `/admin/mails/`: all mails, without their texts. Without a mail server, they stay here. */
export async function listMails({ query, services, context }: PageRequest<Viewer>): Promise<PageResponse> {
  const state = choiceFilter('state', ['waiting', 'sent', 'failed']);
  const filters = await readFilters(context, query, { state, after: afterRow });
  const hasServer = services.config.smtpUrl !== null;
  return listPage(
    filters,
    (values) => services.store.mails.list({ ...values, limit: pageSize }),
    (page) => <MailsView context={context} filters={filters} hasServer={hasServer} {...page} />,
  );
}

/**
 * `/admin/mails/{mail}/`: one mail in full; a POST sends it again. It needs the permission `administer`, because a mail
 * can contain the token of an invitation.
 */
export const inspectMail: FormPage<Viewer> = {
  get: async ({ services, segments, context, viewer, query }) => {
    const id = readRowId(segments.mail);
    const mail = id === undefined ? undefined : await services.store.mails.find(id);
    if (mail === undefined) throw new Problem(404, 'not_found', 'There is no such mail');
    const mayAct = may(viewer.user.administratorRole, 'administer');
    const noticeName = query.get('done');
    return { kind: 'page', view: <MailView context={context} mail={mail} mayAct={mayAct} noticeName={noticeName} /> };
  },
  post: async (request) => {
    const id = readRowId(request.segments.mail);
    if (id === undefined || (await retryMail(contextForUseCase(request), id)) === 'unknown') {
      throw new Problem(404, 'not_found', 'There is no such mail, or it was sent');
    }
    return { kind: 'redirect', location: `/admin/mails/${id}/?done=retried` };
  },
};
