import { Problem } from '../../../http/problem.ts';
import { revocationTimes, revokeSecret } from '../../../use-cases/secrets.ts';
import { readChoice } from '../../shared/read-value.ts';
import { Select } from '../../ui/forms/select.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationAction } from './application-action.ts';

/** `/admin/applications/{application}/secrets/{secret}/` */
export const revokeSecretOfApplication = applicationAction({
  ask: ({ context }) => {
    const texts = context.messages.developer.secrets;
    return {
      name: texts.revoke,
      title: texts.revoke,
      effects: texts.revokeEffects,
      submit: texts.revoke,
      danger: true,
      children: (
        <Select
          name="when"
          label={texts.when}
          value="now"
          options={revocationTimes.map((value) => ({ value, text: texts.whens[value] }))}
        />
      ),
    };
  },
  perform: async (request, { clientId }) => {
    const when = readChoice(request.form.get('when'), revocationTimes) ?? 'now';
    const outcome = await revokeSecret(contextForUseCase(request), clientId, request.segments.secret ?? '', when);
    if (outcome === 'unknown') throw new Problem(404, 'not_found', 'This secret does not work any more');
    return { notice: 'retired' };
  },
});
