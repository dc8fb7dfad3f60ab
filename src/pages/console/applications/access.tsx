import { revokeAll, setStatus } from '../../../use-cases/applications.ts';
import { isRetyped } from '../../shared/confirmation-view.tsx';
import { readText } from '../../shared/read-value.ts';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { NamedSentence } from '../../ui/text/isolated-text.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationAction } from './application-action.ts';

/** In characters. */
const maxReasonLength = 2000;

/** `/admin/applications/{application}/suspend/` */
export const suspendApplication = applicationAction({
  ask: ({ context }, application, { users }) => {
    const { admin } = context.messages;
    const texts = admin.application;
    return {
      name: texts.suspend,
      title: <NamedSentence parts={texts.suspendTitle(application.name)} />,
      effects: texts.suspendEffects(users),
      submit: texts.suspend,
      danger: true,
      children: <TextArea name="reason" label={admin.reason} hint={admin.reasonHint} maxLength={maxReasonLength} />,
    };
  },
  perform: async (request, { clientId }) => {
    const reason = [...readText(request, 'reason')].slice(0, maxReasonLength).join('');
    await setStatus(contextForUseCase(request), clientId, 'suspended', reason);
    return { notice: 'suspended' };
  },
});

/** `/admin/applications/{application}/resume/` */
export const resumeApplication = applicationAction({
  ask: ({ context }, application, { users }) => {
    const texts = context.messages.admin.application;
    return {
      name: texts.resume,
      title: <NamedSentence parts={texts.resumeTitle(application.name)} />,
      effects: texts.resumeEffects(users),
      submit: texts.resume,
    };
  },
  perform: async (request, { clientId }) => {
    await setStatus(contextForUseCase(request), clientId, 'active');
    return { notice: 'resumed' };
  },
});

/** `/admin/applications/{application}/revoke-all/` */
export const revokeAllTokens = applicationAction({
  ask: ({ context }, application, { users }) => {
    const { admin } = context.messages;
    const texts = admin.application;
    return {
      name: texts.revokeAll,
      title: <NamedSentence parts={texts.revokeTitle(application.name)} />,
      effects: texts.revokeEffects(users),
      submit: texts.revokeAll,
      danger: true,
      retype: { label: admin.typed, text: application.clientId },
    };
  },
  perform: async (request, { clientId }) => {
    if (!isRetyped(request, clientId)) {
      return { problem: { field: 'typed', text: request.context.messages.admin.mismatch }, status: 400 };
    }
    await revokeAll(contextForUseCase(request), clientId);
    return { notice: 'revoked' };
  },
});
