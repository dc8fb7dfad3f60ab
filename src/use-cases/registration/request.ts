import type { AnswerProblem } from '../../applications/registration/answers.ts';
import type { AnswerField, RegistrationAnswers } from '../../ports/store/index.ts';

interface Step {
  readonly id: string;
  /** The version that the decision was made on; absent: the current one. */
  readonly version?: number;
}

/** The owner hands in a draft. */
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

/** The owner gives the registration up. `text` may be empty. */
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

/** The administrators keep a note among themselves. */
export interface AddNote extends Step {
  readonly action: 'note';
  readonly text: string;
}

/** The administrators create the application. `text` may be empty. */
export interface Approve extends Step {
  readonly action: 'approve';
  readonly text: string;
}

/** The administrators decline, with the reason as `text`. */
export interface Decline extends Step {
  readonly action: 'decline';
  readonly text: string;
}

/** One step of a registration: a member for each action, with what belongs to that action. */
export type StepRequest = Submit | Reply | Withdraw | Ask | Message | AddNote | Approve | Decline;

/** Why a step is not made. `not_now`: its action is impossible in the current state. */
export type StepRefusal =
  | { readonly outcome: 'not_now' }
  | { readonly outcome: 'bad_text'; readonly code: 'required' | 'too_long' | 'unsupported_character' }
  | { readonly outcome: 'bad_answers'; readonly problems: readonly AnswerProblem[] };

/** `lost`: somebody else was faster; nothing was done. */
export type StepOutcome = { readonly outcome: 'done' | 'lost' | 'unknown' } | StepRefusal;
