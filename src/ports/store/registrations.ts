import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';
import type { AnswerField, RegistrationAnswers } from '../registration-form.ts';
import type { NewApplication } from './applications.ts';
import type { ListedDevice } from './devices.ts';
import type { NewUser } from './users.ts';

/**
 * `draft`: only its owner sees it. `submitted`: the administrators have to decide. `information_requested`: the owner
 * has to respond. `withdrawn`: the owner gave it up.
 */
export type RegistrationState = 'draft' | 'submitted' | 'information_requested' | 'approved' | 'declined' | 'withdrawn';

/** An organisation's request to register an application. */
export interface Registration {
  /** Random. It is part of the URL of its page. */
  readonly id: string;
  readonly ownerId: number;
  readonly state: RegistrationState;
  readonly answers: RegistrationAnswers;
  /** Grows with each change. A step names the version it is based on: of two parallel steps only one is made. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When it last went to the end of the queue; `null`: it was never submitted. */
  readonly submittedAt: number | null;
  /** The `id` of the approved application; `null`: not approved. */
  readonly applicationId: string | null;
  /** The `id` of the sandbox, an application to test with; `null`: none. */
  readonly sandboxId: string | null;
}

/** A registration with the email address of its owner. */
export interface QueuedRegistration extends Registration {
  readonly ownerEmail: string;
}

/**
 * `question`: asks about one value of the form. `note`: only administrators see it. `step`: a change of state, with an
 * optional reason as its text.
 */
export type MessageKind = 'message' | 'question' | 'note' | 'step';

export interface NewMessage {
  /** `null`: the command line. */
  readonly authorId: number | null;
  /** Who wrote it: the owner, or an administrator (`staff`). */
  readonly side: 'owner' | 'staff';
  readonly kind: MessageKind;
  /** For a question, the value of the form that it is about. */
  readonly field: AnswerField | null;
  readonly text: string;
  /** For a step, the new state. */
  readonly state: RegistrationState | null;
}

export interface RegistrationMessage extends NewMessage {
  readonly id: number;
  readonly at: number;
  /**
   * First and last name. `null`, as is `authorId`: the command line, or an administrator if the owner is the reader.
   */
  readonly authorName: string | null;
}

/** What a sandbox consists of. The test user (`manager`) owns all the devices but the last, which it owned before. */
export interface SandboxDesign {
  readonly application: NewApplication;
  readonly testUser: NewUser;
  readonly devices: readonly ListedDevice[];
}

/**
 * What a step changes besides the registration. The owner of the registration becomes the first owner of the
 * application that it creates. `create_application` suspends the sandbox, as `suspend_sandbox` does.
 */
export type StepEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'create_sandbox'; readonly sandbox: SandboxDesign }
  | { readonly kind: 'create_application'; readonly application: NewApplication }
  | { readonly kind: 'suspend_sandbox' };

/** One step of a registration. All of it is written in one transaction. */
export interface RegistrationStep {
  readonly id: string;
  /** The version that the step is based on. */
  readonly version: number;
  /** The state after the step. */
  readonly state: RegistrationState;
  /** Absent: the values of the form stay. */
  readonly answers?: RegistrationAnswers;
  /** `true`: the registration goes to the end of the queue. */
  readonly queued: boolean;
  readonly messages: readonly NewMessage[];
  readonly effect: StepEffect;
  readonly record: ChangeRecord;
  readonly now: number;
}

/**
 * Who reads a registration. A user sees only their own, without the notes and the names of administrators;
 * administrators see all. Both see it only after it was submitted. `platform`: a use case or the command line, which
 * sees everything.
 */
export type RegistrationReader = { readonly ownerId: number } | 'administrators' | 'platform';

export interface Registrations {
  /**
   * Stores a draft: a new one (`version` 0), or changes of the stored `version`. `lost`: `id` is no draft of that owner
   * with that version, and nothing was written.
   */
  saveDraft(draft: {
    readonly id: string;
    readonly ownerId: number;
    readonly version: number;
    readonly answers: RegistrationAnswers;
    readonly now: number;
  }): Promise<'saved' | 'lost'>;
  /**
   * Writes a step. `lost`: the registration has another version or is unknown, or the email address of the test user or
   * a serial number of the sandbox is taken. Then nothing was written.
   */
  step(step: RegistrationStep): Promise<'done' | 'lost'>;
  /** Finds a registration that the reader may see. */
  find(id: string, reader: RegistrationReader): Promise<QueuedRegistration | undefined>;
  /** Finds the registration that an application was approved with. */
  findByApplication(applicationId: string): Promise<QueuedRegistration | undefined>;
  /** Lists the messages that the reader may see, oldest first. */
  messages(id: string, reader: RegistrationReader): Promise<readonly RegistrationMessage[]>;
  /** Lists the registrations of an owner, drafts included, newest first. */
  listOwn(ownerId: number): Promise<readonly Registration[]>;
  /** Lists the registrations in a state by `submittedAt`, oldest first. Drafts are for their owner only. */
  list(
    query: CursorPaging & { readonly state: Exclude<RegistrationState, 'draft'> },
  ): Promise<CursorPage<QueuedRegistration>>;
  /** Returns the place of a submitted registration in the queue: 1 is the first. */
  position(registration: Pick<Registration, 'id' | 'submittedAt'>): Promise<number>;
  /** Returns how many registrations there are in each state, and since when the submitted ones wait. */
  overview(): Promise<{
    readonly counts: Readonly<Record<RegistrationState, number>>;
    /** The `submittedAt` of the submitted registrations, oldest first, at most 1,000. */
    readonly waitingSince: readonly number[];
  }>;
}
