import type { Generated } from 'kysely';
import type { MessageKind, RegistrationState } from '../../ports/store/index.ts';
import { table } from './table.ts';

export interface RegistrationRow {
  readonly id: string;
  readonly owner_id: number;
  readonly state: RegistrationState;
  /** A JSON object. */
  readonly answers: string;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly submitted_at: number | null;
  readonly application_id: string | null;
  readonly sandbox_id: string | null;
}

export interface RegistrationMessageRow {
  readonly id: Generated<number>;
  readonly registration_id: string;
  readonly at: number;
  readonly author_id: number | null;
  readonly side: 'owner' | 'staff';
  readonly kind: MessageKind;
  readonly field: string | null;
  readonly text: string;
  readonly state: string | null;
}

export const registrationTables = {
  registrations: table<RegistrationRow>({ purge: { never: 'They say how an application was approved' } }),
  registration_messages: table<RegistrationMessageRow>({
    purge: { never: 'They say why it was approved or declined' },
  }),
};
