import { changePassword } from '../../accounts/change-password.ts';
import { networkAddressOf } from '../../http/address.ts';
import type { Viewer } from '../../http/guards/session.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { tryLaterStatus } from '../shared/try-later.ts';
import { showAccount } from './account.tsx';
import { PasswordView, type PasswordViewProps } from './password-view.tsx';

/** `/account/password/`: changes the viewer's password. */
export const changeOwnPassword: FormPage<Viewer> = {
  get: async (request) => page(request, { problems: [] }),
  post: submit,
};

async function submit(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { form, http, services, viewer } = request;
  const result = await changePassword(services, {
    user: viewer.user,
    currentPassword: form.get('current_password') ?? '',
    newPassword: form.get('new_password') ?? '',
    keepSession: viewer.session.idHash,
    from: networkAddressOf(http),
  });
  switch (result.outcome) {
    case 'changed':
      return showAccount(request, { kind: 'password-changed' });
    case 'refused':
      return page(request, { problems: [], failure: 'refused' }, 400);
    case 'invalid':
      return page(request, { problems: result.problems }, 400);
    case 'throttled':
    case 'busy': {
      const { outcome, retryAfterSeconds } = result;
      const response = page(request, { problems: [], failure: outcome, retryAfterSeconds }, tryLaterStatus[outcome]);
      return { ...response, retryAfterSeconds };
    }
  }
}

type FormState = Pick<PasswordViewProps, 'problems' | 'failure' | 'retryAfterSeconds'>;

function page({ context }: PageRequest<Viewer>, state: FormState, status = 200): PageResponse & { kind: 'page' } {
  return { kind: 'page', view: <PasswordView context={context} {...state} />, status };
}
