import { normaliseEmail } from '../../../accounts/email.ts';
import type { User } from '../../../ports/store/index.ts';
import type { PageRequest } from '../../page.ts';
import type { PageContext } from '../../page-context.ts';
import { Field } from '../../ui/forms/field.tsx';

/** The email address of a device's owner; left empty, the device has none. */
export function OwnerField({
  context,
  form,
  errors,
}: {
  readonly context: PageContext;
  readonly form: PageRequest['form'];
  readonly errors: readonly string[];
}) {
  const texts = context.messages.admin.device;
  return (
    <Field
      name="email"
      label={texts.ownerEmail}
      hint={texts.ownerHint}
      type="email"
      value={form.get('email') ?? ''}
      errors={errors}
      autocomplete="off"
    />
  );
}

/** The account that the field names; `null`: the field is empty; `undefined`: there is no such account. */
export async function readOwner({ form, services }: PageRequest): Promise<User | null | undefined> {
  const email = form.get('email')?.trim() ?? '';
  return email === '' ? null : services.store.users.findByEmail(normaliseEmail(email) ?? '');
}
