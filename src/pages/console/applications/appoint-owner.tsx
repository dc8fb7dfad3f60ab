import { normaliseEmail } from '../../../accounts/email.ts';
import { appoint } from '../../../use-cases/members.ts';
import { Field } from '../../ui/forms/field.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationAction } from './application-action.ts';

/** `/admin/applications/{application}/appoint/` */
export const appointOwner = applicationAction({
  ask: ({ context, form }) => {
    const texts = context.messages.admin.application;
    return {
      name: texts.appointTitle,
      title: texts.appointTitle,
      effects: texts.appointEffects,
      submit: texts.appoint,
      children: (
        <Field name="email" label={texts.email} type="email" value={form.get('email') ?? ''} autocomplete="off" />
      ),
    };
  },
  perform: async (request, application) => {
    const { form, services, context } = request;
    const user = await services.store.users.findByEmail(normaliseEmail(form.get('email') ?? '') ?? '');
    if (user === undefined) {
      return { problem: { field: 'email', text: context.messages.admin.application.noAccount }, status: 400 };
    }
    await appoint(contextForUseCase(request), application, user);
    return { notice: 'appointed' };
  },
});
