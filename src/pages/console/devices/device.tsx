import { normaliseEmail } from '../../../accounts/email.ts';
import { may } from '../../../accounts/roles.ts';
import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { RegisteredDevice, User } from '../../../ports/store/index.ts';
import { addDevice, assignDevice } from '../../../use-cases/devices.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { ConfirmationView } from '../../shared/confirmation-view.tsx';
import { readRowId } from '../../shared/read-value.ts';
import { Field } from '../../ui/forms/field.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { consoleSection } from '../section.ts';
import { DeviceView } from './device-view.tsx';

/** `/admin/devices/{device}/`: who owns it, and who did. */
export async function showDevice(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { services, context, viewer, query } = request;
  const device = await deviceOf(request);
  const history = await services.store.devices.history(device.id);
  const mayAct = may(viewer.user.administratorRole, 'administer');
  const done = query.get('done');
  return {
    kind: 'page',
    view: <DeviceView context={context} device={device} history={history} mayAct={mayAct} done={done} />,
  };
}

async function deviceOf({ services, segments }: PageRequest<Viewer>): Promise<RegisteredDevice> {
  const id = readRowId(segments.device);
  const device = id === undefined ? undefined : await services.store.devices.findRegistered(id);
  if (device === undefined) throw new Problem(404, 'not_found', 'There is no such device');
  return device;
}

/** The account that was named; `null`: nobody was; `undefined`: there is no such account. */
async function ownerFrom({ form, services }: PageRequest<Viewer>): Promise<User | null | undefined> {
  const typed = form.get('email')?.trim() ?? '';
  return typed === '' ? null : services.store.users.findByEmail(normaliseEmail(typed) ?? '');
}

type Wrong = 'taken' | 'bad_serial_number' | 'bad_device_name' | 'no_account' | 'lost';

const fieldOf: Readonly<Record<Wrong, string>> = {
  taken: 'serial',
  bad_serial_number: 'serial',
  bad_device_name: 'name',
  no_account: 'email',
  lost: 'email',
};

/** `/admin/devices/add/` */
export const addOneDevice: FormPage<Viewer> = {
  get: async (request) => askToAdd(request),
  post: async (request) => {
    const { form } = request;
    const owner = await ownerFrom(request);
    if (owner === undefined) return askToAdd(request, 'no_account');
    const wanted = { serialNumber: form.get('serial')?.trim() ?? '', deviceName: form.get('name')?.trim() ?? '' };
    const added = await addDevice(contextForUseCase(request), { ...wanted, ownerId: owner?.id ?? null });
    if (added.outcome !== 'added') return askToAdd(request, added.outcome);
    return { kind: 'redirect', location: `/admin/devices/${added.id}/?done=added` };
  },
};

function askToAdd({ context, form }: PageRequest<Viewer>, wrong?: Wrong): PageResponse {
  const { admin } = context.messages;
  const texts = admin.device;
  const errors = (field: string) => (wrong !== undefined && fieldOf[wrong] === field ? [texts.problems[wrong]] : []);
  const view = (
    <ConfirmationView
      context={context}
      section={consoleSection(context)}
      name={texts.addTitle}
      title={texts.addTitle}
      effects={texts.addEffects}
      submit={texts.add}
      back={{ href: '/admin/devices/', text: admin.back }}
      errors={wrong === undefined ? [] : [{ field: fieldOf[wrong], text: texts.problems[wrong] }]}
    >
      <Field
        name="serial"
        label={texts.serialNumber}
        value={form.get('serial') ?? ''}
        errors={errors('serial')}
        literal
      />
      <Field name="name" label={texts.deviceName} value={form.get('name') ?? ''} errors={errors('name')} literal />
      <OwnerField form={form} hint={texts.ownerHint} label={texts.ownerEmail} errors={errors('email')} />
    </ConfirmationView>
  );
  return { kind: 'page', view, status: wrong === undefined ? 200 : 400 };
}

function OwnerField({
  form,
  label,
  hint,
  errors,
}: {
  readonly form: PageRequest['form'];
  readonly label: string;
  readonly hint: string;
  readonly errors: readonly string[];
}) {
  return (
    <Field
      name="email"
      label={label}
      hint={hint}
      type="email"
      value={form.get('email') ?? ''}
      errors={errors}
      autocomplete="off"
    />
  );
}

/** `/admin/devices/{device}/assign/`: another owner, or none. */
export const reassignDevice: FormPage<Viewer> = {
  get: async (request) => askToAssign(request),
  post: async (request) => {
    const device = await deviceOf(request);
    // The owner whom the form was made for: if that changed, it is looked at anew.
    if (request.form.get('owner') !== String(device.owner?.id ?? 'nobody')) return askToAssign(request, 'lost');
    const owner = await ownerFrom(request);
    if (owner === undefined) return askToAssign(request, 'no_account');
    const outcome = await assignDevice(contextForUseCase(request), device, owner);
    if (outcome !== 'assigned') return askToAssign(request, 'lost');
    return { kind: 'redirect', location: `/admin/devices/${device.id}/?done=assigned` };
  },
};

async function askToAssign(request: PageRequest<Viewer>, wrong?: 'no_account' | 'lost'): Promise<PageResponse> {
  const device = await deviceOf(request);
  const { context, form } = request;
  const { admin } = context.messages;
  const texts = admin.device;
  const problems = wrong === undefined ? [] : [texts.problems[wrong]];
  const view = (
    <ConfirmationView
      context={context}
      section={consoleSection(context)}
      name={texts.assign}
      title={texts.assignTitle(device.serialNumber)}
      effects={texts.assignEffects(device.owner?.email ?? texts.nobody)}
      submit={texts.assign}
      back={{ href: `/admin/devices/${device.id}/`, text: admin.back }}
      errors={problems.map((text) => ({ field: 'email', text }))}
      hidden={{ owner: device.owner?.id ?? 'nobody' }}
    >
      <OwnerField form={form} hint={texts.ownerHint} label={texts.ownerEmail} errors={problems} />
    </ConfirmationView>
  );
  return { kind: 'page', view, status: wrong === undefined ? 200 : 400 };
}
