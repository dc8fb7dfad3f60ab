import type { RegistrationState } from '../../ports/store/index.ts';

/** Everything that can be done with a registration, by either side. */
export type RegistrationAction = 'submit' | 'reply' | 'withdraw' | 'ask' | 'message' | 'note' | 'approve' | 'decline';

interface Rule {
  readonly side: 'owner' | 'staff';
  readonly from: readonly RegistrationState[];
  /** `null`: it stays where it is. */
  readonly to: RegistrationState | null;
  /** A text must come with it. */
  readonly text: 'required' | 'optional' | 'none';
}

const undecided = ['submitted', 'information_requested'] as const;
const known = ['submitted', 'information_requested', 'approved', 'declined'] as const;

/**
 * The state machine of a registration: who may do what in which state, and what it leads to. A reply puts a
 * registration back into the queue, even if it was declined: that is how a developer appeals. An approved one stays
 * approved, and can still get messages.
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
  message: { side: 'staff', from: known, to: null, text: 'required' },
  note: { side: 'staff', from: [...known, 'withdrawn'], to: null, text: 'required' },
  approve: { side: 'staff', from: undecided, to: 'approved', text: 'optional' },
  decline: { side: 'staff', from: undecided, to: 'declined', text: 'required' },
};

export interface NextState {
  readonly state: RegistrationState;
  /** It goes to the end of the queue. Whoever writes while they wait keeps their place. */
  readonly queued: boolean;
}

/** What an action leads to; `undefined`: it is not possible in this state. */
export function nextState(state: RegistrationState, action: RegistrationAction): NextState | undefined {
  const rule = registrationRules[action];
  if (!rule.from.includes(state)) return undefined;
  const next = state === 'approved' ? state : (rule.to ?? state);
  return { state: next, queued: next === 'submitted' && state !== 'submitted' };
}

/** What one side can do now. */
export function actionsOf(side: Rule['side'], state: RegistrationState): readonly RegistrationAction[] {
  const actions = Object.keys(registrationRules) as readonly RegistrationAction[];
  return actions.filter((action) => registrationRules[action].side === side && nextState(state, action) !== undefined);
}
