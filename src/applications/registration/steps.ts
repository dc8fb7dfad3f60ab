import type { RegistrationState } from '../../ports/store/index.ts';

/** The actions on a registration, by its owner or by administrators. */
export type RegistrationAction = 'submit' | 'reply' | 'withdraw' | 'ask' | 'message' | 'note' | 'approve' | 'decline';

interface Rule {
  /** Who can do it: the owner, or administrators (`staff`). */
  readonly side: 'owner' | 'staff';
  readonly from: readonly RegistrationState[];
  /** `null`: the state does not change. */
  readonly to: RegistrationState | null;
  /** Whether the action comes with a text. */
  readonly text: 'required' | 'optional' | 'none';
}

const undecided = ['submitted', 'information_requested'] as const;
const submittedOnce = ['submitted', 'information_requested', 'approved', 'declined'] as const;

/**
 * The state machine of a registration: who may do what in which state, and which state follows. A reply puts a
 * registration back into the queue, even a declined one: that is how a developer appeals. An approved registration
 * stays approved, and messages can still be sent about it.
 */
export const registrationRules: Readonly<Record<RegistrationAction, Rule>> = {
  submit: { side: 'owner', from: ['draft'], to: 'submitted', text: 'none' },
  reply: {
    side: 'owner',
    from: ['submitted', 'information_requested', 'declined', 'approved'],
    to: 'submitted',
    text: 'required',
  },
  withdraw: { side: 'owner', from: ['draft', ...undecided], to: 'withdrawn', text: 'optional' },
  ask: { side: 'staff', from: undecided, to: 'information_requested', text: 'required' },
  message: { side: 'staff', from: submittedOnce, to: null, text: 'required' },
  note: { side: 'staff', from: [...submittedOnce, 'withdrawn'], to: null, text: 'required' },
  approve: { side: 'staff', from: undecided, to: 'approved', text: 'optional' },
  decline: { side: 'staff', from: undecided, to: 'declined', text: 'required' },
};

export interface NextState {
  readonly state: RegistrationState;
  /** The registration goes to the end of the queue. A reply while it waits does not change its place. */
  readonly queued: boolean;
}

/** The state after an action; `undefined`: the action is not possible in this state. */
export function nextState(state: RegistrationState, action: RegistrationAction): NextState | undefined {
  const rule = registrationRules[action];
  if (!rule.from.includes(state)) return undefined;
  const next = state === 'approved' ? state : (rule.to ?? state);
  return { state: next, queued: next === 'submitted' && state !== 'submitted' };
}

/** The actions that one side can take in a state. */
export function actionsOf(side: Rule['side'], state: RegistrationState): readonly RegistrationAction[] {
  const actions = Object.keys(registrationRules) as readonly RegistrationAction[];
  return actions.filter((action) => registrationRules[action].side === side && nextState(state, action) !== undefined);
}
