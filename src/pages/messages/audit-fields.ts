import type { AuditField } from '../../audit/fields.ts';
import { developer } from './developer.ts';

/** The names of the values in an audit entry, for the history of an application and the console. */
export const auditFieldWords = {
  accessTokenSeconds: 'Access token lifetime (seconds)',
  action: 'Action',
  actor: 'Actor',
  added: 'Added',
  application: 'Application',
  applications: 'Applications',
  audit_entries: 'Audit entries',
  devices: 'Devices',
  disabled: 'Disabled',
  due_at: 'Date of the change',
  email: 'Email address',
  grant_type: 'Grant type',
  key: 'Number of the key',
  known: 'Already registered',
  last_four: 'Last four characters',
  owner: 'Owner',
  reason: 'Reason',
  redirect_uris: 'Callbacks',
  refreshPolicy: 'Refresh tokens',
  resourceServer: 'Introspects all tokens',
  role: 'Role',
  sealed: 'Keys of older entries',
  search: 'With a search text',
  secret: 'Client secret',
  since: 'From',
  state: 'State',
  status: 'Status',
  subject: 'Subject',
  to: 'New grant type',
  until: 'Until',
  users: 'Users',
  when: 'Revoked',
} as const satisfies Readonly<Record<AuditField, string>>;

const grants: Readonly<Record<string, string>> = developer.grants;

/** The words for values that are stored as codes. */
export const auditValueWords: Readonly<Partial<Record<AuditField, Readonly<Record<string, string>>>>> = {
  grant_type: grants,
  refreshPolicy: { stable: 'stay the same', rotate: 'are replaced at each use' },
  role: {
    owner: 'owner',
    member: 'member',
    administrator: 'administrator',
    support: 'support',
    auditor: 'auditor',
  },
  state: {
    submitted: 'in the queue',
    information_requested: 'information requested',
    approved: 'approved',
    declined: 'declined',
    withdrawn: 'withdrawn',
  },
  status: { active: 'active', suspended: 'suspended' },
  to: grants,
  when: developer.secrets.whens,
};
