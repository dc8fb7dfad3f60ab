import type { AnswerProblem } from '../../applications/registration/answers.ts';
import type { AnswerField, RegistrationAnswers } from '../../ports/store/index.ts';

interface Step {
  readonly id: string;
  /** The version of the registration that the person saw; absent: the current one. */
  readonly version?: number;
}

/** The owner submits a draft. */
export interface Submit extends Step {
  readonly action: 'submit';
  /** Hashes the first password of the sandbox's test user. */
  readonly hashPassword: (password: string) => Promise<string>;
}

/** The owner writes to the administrators. */
export interface Reply extends Step {
  readonly action: 'reply';
  readonly text: string;
  /** The form, if the owner changed it too. */
  readonly answers?: RegistrationAnswers;
}

/** The owner withdraws the registration. `text` may be empty. */
export interface Withdraw extends Step {
  readonly action: 'withdraw';
  readonly text: string;
}

/** The administrators ask the owner for information. */
export interface Ask extends Step {
  readonly action: 'ask';
  readonly text: string;
  /** The answer that the question is about; `null`: the whole form. */
  readonly field: AnswerField | null;
}

/** The administrators write to the owner. */
export interface Message extends Step {
  readonly action: 'message';
  readonly text: string;
}

/** An administrator adds a note that the owner can't read. */
export interface AddNote extends Step {
  readonly action: 'note';
  readonly text: string;
}

/** The administrators approve: the application is created. `text` may be empty. */
export interface Approve extends Step {
  readonly action: 'approve';
  readonly text: string;
}

/** The administrators decline, with the reason as `text`. */
export interface Decline extends Step {
  readonly action: 'decline';
  readonly text: string;
}

/** One step of a registration: one member for each action, with the fields of that action. */
export type StepRequest = Submit | Reply | Withdraw | Ask | Message | AddNote | Approve | Decline;

/** Why a step is refused. `not_now`: its action is not possible in the current state. */
export type StepError =
  | { readonly outcome: 'not_now' }
  | { readonly outcome: 'bad_text'; readonly code: 'required' | 'too_long' | 'unsupported_character' }
  | { readonly outcome: 'bad_answers'; readonly problems: readonly AnswerProblem[] };

/** `lost`: the registration changed since the version that the person saw; nothing was written. */
export type StepOutcome = { readonly outcome: 'done' | 'lost' | 'unknown' } | StepError;
