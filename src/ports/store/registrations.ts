import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';
import type { InitialGrant, NewApplication } from './applications.ts';
import type { ListedDevice } from './devices.ts';
import type { NewUser } from './users.ts';

/**
 * `draft`: only its owner sees it. `submitted`: it waits for the administrators. `information_requested`: it waits for
 * its owner. `withdrawn`: its owner gave it up.
 */
export type RegistrationState = 'draft' | 'submitted' | 'information_requested' | 'approved' | 'declined' | 'withdrawn';

/** The AMS registration form as it was filled in; in a draft anything may be empty or wrong. */
export interface RegistrationAnswers {
  /** What users see when they are asked. */
  readonly productName: string;
  readonly website: string;
  /** What it does with the data. */
  readonly purpose: string;
  readonly organisation: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly dataViewers: string;
  readonly expectedUsers: string;
  /** Where data is kept, and when it is deleted. */
  readonly storage: string;
  readonly deletion: string;
  readonly privacyPolicy: string;
  readonly technicalName: string;
  readonly technicalEmail: string;
  readonly legalName: string;
  readonly legalEmail: string;
  readonly grantType: InitialGrant | '';
  /** Why the password grant, if it is that. */
  readonly passwordReason: string;
  /** `server`: it keeps a secret (RFC 6749 2.1). `device`: it can't. */
  readonly kind: 'server' | 'device';
  /** One in a line. */
  readonly callbacks: string;
}

export type AnswerField = keyof RegistrationAnswers;

export interface Registration {
  /** Random; it is in the address of its page. */
  readonly id: string;
  readonly ownerId: number;
  readonly state: RegistrationState;
  readonly answers: RegistrationAnswers;
  /** Grows with every step. A step names the version it was decided on, so that of two at once only one is made. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When it came into the queue, the last time; `null`: never. */
  readonly submittedAt: number | null;
  /** What was approved; `null` until then. */
  readonly applicationId: string | null;
  /** The application to try things out with, made at submission; `null`: none. */
  readonly sandboxId: string | null;
}

/** One row of the queue, with who asks. */
export interface QueuedRegistration extends Registration {
  readonly ownerEmail: string;
}

/**
 * `question`: asks for one answer of the form. `note`: among the staff only. `step`: a change of state, perhaps with a
 * reason.
 */
export type MessageKind = 'message' | 'question' | 'note' | 'step';

export interface NewMessage {
  readonly authorId: number | null;
  readonly side: 'owner' | 'staff';
  readonly kind: MessageKind;
  /** The answer that a question is about. */
  readonly field: AnswerField | null;
  readonly text: string;
  /** What a step led to. */
  readonly state: RegistrationState | null;
}

export interface RegistrationMessage extends NewMessage {
  readonly id: number;
  readonly at: number;
  /** `null`: the command line, or an administrator where the owner reads. */
  readonly authorName: string | null;
}

/** What is made to try things out with. The manager owned the last of the devices before, and owns the others now. */
export interface SandboxDesign {
  readonly application: NewApplication;
  readonly manager: NewUser;
  readonly devices: readonly ListedDevice[];
}

/**
 * What a step does beside the change of state. The owner of the registration becomes the first owner of what it
 * creates. `create_application` suspends the sandbox too.
 */
export type StepEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'create_sandbox'; readonly sandbox: SandboxDesign }
  | { readonly kind: 'create_application'; readonly application: NewApplication }
  | { readonly kind: 'suspend_sandbox' };

/** One step of a registration, all of it in one transaction. */
export interface RegistrationStep {
  readonly id: string;
  readonly version: number;
  readonly state: RegistrationState;
  /** Absent: as they are. */
  readonly answers?: RegistrationAnswers;
  /** It goes to the end of the queue. */
  readonly queued: boolean;
  readonly messages: readonly NewMessage[];
  readonly effect: StepEffect;
  readonly record: ChangeRecord;
  readonly now: number;
}

/**
 * Who reads a registration. Its owner and the administrators see it once it was submitted, the owner without the notes
 * and the names of administrators. `platform`: a use case or the command line, which sees everything.
 */
export type RegistrationReader = { readonly ownerId: number } | 'administrators' | 'platform';

export interface Registrations {
  /**
   * Keeps a draft: a new one (`version` 0), or a later version of it. `lost`: it is no draft of that owner and version.
   */
  saveDraft(draft: {
    readonly id: string;
    readonly ownerId: number;
    readonly version: number;
    readonly answers: RegistrationAnswers;
    readonly now: number;
  }): Promise<'saved' | 'lost'>;
  /** `lost`: somebody was faster, and nothing was written: neither state, messages, mails nor application. */
  step(step: RegistrationStep): Promise<'done' | 'lost'>;
  find(id: string, reader: RegistrationReader): Promise<QueuedRegistration | undefined>;
  /** The one that led to an application. */
  findByApplication(applicationId: string): Promise<QueuedRegistration | undefined>;
  /** Oldest first. */
  messages(id: string, reader: RegistrationReader): Promise<readonly RegistrationMessage[]>;
  /** A person's own, newest first. */
  listOwn(ownerId: number): Promise<readonly Registration[]>;
  /** Those in a state, by when they were last submitted, oldest first. Drafts are nobody else's business. */
  list(
    query: CursorPaging & { readonly state: Exclude<RegistrationState, 'draft'> },
  ): Promise<CursorPage<QueuedRegistration>>;
  /** How many submitted ones are before it, itself included. */
  position(registration: Pick<Registration, 'id' | 'submittedAt'>): Promise<number>;
  /** How many there are in each state, and when those that wait for the administrators came. */
  overview(): Promise<{
    readonly counts: Readonly<Record<RegistrationState, number>>;
    /** Oldest first, at most a thousand. */
    readonly waitingSince: readonly number[];
  }>;
}
