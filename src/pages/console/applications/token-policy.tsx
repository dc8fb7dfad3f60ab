import { publicClientProblems } from '../../../applications/public-clients.ts';
import { maxAccessTokenSeconds } from '../../../config/settings.ts';
import { setPolicy } from '../../../use-cases/applications.ts';
import { readChoice } from '../../shared/read-value.ts';
import { Field } from '../../ui/forms/field.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationAction } from './application-action.ts';

/** `/admin/applications/{application}/policy/` */
export const editTokenPolicy = applicationAction({
  ask: ({ context, form }, application) => {
    const texts = context.messages.admin.application;
    const { accessTokenSeconds, confidential, refreshPolicy, resourceServer } = application;
    // A public application that has `stable` from an earlier release may keep it.
    const policies = (['stable', 'rotate'] as const).filter(
      (value) => confidential || value === 'rotate' || value === refreshPolicy,
    );
    return {
      name: texts.policyTitle,
      title: texts.policyTitle,
      effects: texts.policyEffects,
      submit: texts.save,
      children: (
        <>
          <Field
            name="seconds"
            label={texts.tokenSeconds}
            hint={texts.tokenSecondsHint}
            value={form.get('seconds') ?? (accessTokenSeconds === null ? '' : String(accessTokenSeconds))}
            inputmode="numeric"
            autocomplete="off"
          />
          <Select
            name="refresh"
            label={texts.refreshPolicy}
            value={refreshPolicy}
            options={policies.map((value) => ({ value, text: texts.refreshPolicies[value] }))}
          />
          <Select
            name="introspection"
            label={texts.resourceServer}
            value={resourceServer ? 'yes' : 'no'}
            options={(['no', 'yes'] as const).map((value) => ({ value, text: texts.resourceServers[value] }))}
          />
        </>
      ),
    };
  },
  perform: async (request, { clientId, refreshPolicy }) => {
    const { form, context } = request;
    const accessTokenSeconds = readSeconds(form.get('seconds')?.trim() ?? '');
    if (accessTokenSeconds === undefined) {
      return { problem: { field: 'seconds', text: context.messages.admin.application.badSeconds }, status: 400 };
    }
    const outcome = await setPolicy(contextForUseCase(request), clientId, {
      accessTokenSeconds,
      refreshPolicy: readChoice(form.get('refresh'), ['stable', 'rotate']) ?? refreshPolicy,
      resourceServer: form.get('introspection') === 'yes',
    });
    if (outcome === 'public_stable') {
      return { problem: { field: 'refresh', text: `${publicClientProblems.stable}.` }, status: 400 };
    }
    return { notice: 'policy' };
  },
});

/** An access token lifetime of one minute to one year, in seconds. Empty, `null`: the default of the server. */
function readSeconds(text: string): number | null | undefined {
  if (text === '') return null;
  const seconds = Number(text);
  return /^[0-9]{1,8}$/.test(text) && seconds >= 60 && seconds <= maxAccessTokenSeconds ? seconds : undefined;
}
