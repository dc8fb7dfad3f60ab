import { describe, expect, it } from 'vitest';
import { actionsOf, nextState, type RegistrationAction, registrationRules } from './steps.ts';

const states = ['draft', 'submitted', 'information_requested', 'approved', 'declined', 'withdrawn'] as const;
const actions = Object.keys(registrationRules) as RegistrationAction[];

/** The whole table: the state that follows from each action in each state; `-`: the action is not possible. */
const table: Readonly<Record<RegistrationAction, readonly string[]>> = {
  submit: ['submitted', '-', '-', '-', '-', '-'],
  reply: ['-', 'submitted', 'submitted', 'approved', 'submitted', '-'],
  withdraw: ['withdrawn', 'withdrawn', 'withdrawn', '-', '-', '-'],
  ask: ['-', 'information_requested', 'information_requested', '-', '-', '-'],
  message: ['-', 'submitted', 'information_requested', 'approved', 'declined', '-'],
  note: ['-', 'submitted', 'information_requested', 'approved', 'declined', 'withdrawn'],
  approve: ['-', 'approved', 'approved', '-', '-', '-'],
  decline: ['-', 'declined', 'declined', '-', '-', '-'],
};

describe('a registration', () => {
  it.each(actions)('changes its state by the table: %s', (action) => {
    expect(states.map((state) => nextState(state, action)?.state ?? '-')).toEqual(table[action]);
  });

  it('enters the queue when it is submitted, replied to or appealed, and keeps its place while it waits', () => {
    expect(nextState('draft', 'submit')?.queued).toBe(true);
    expect(nextState('information_requested', 'reply')?.queued).toBe(true);
    expect(nextState('declined', 'reply')?.queued).toBe(true);
    expect(nextState('submitted', 'reply')?.queued).toBe(false);
    expect(nextState('approved', 'reply')?.queued).toBe(false);
    expect(nextState('submitted', 'message')?.queued).toBe(false);
  });

  it('can be approved once', () => {
    expect(nextState('approved', 'approve')).toBeUndefined();
  });

  it('offers each side only its own actions', () => {
    for (const state of states) {
      for (const action of actionsOf('owner', state)) expect(registrationRules[action].side).toBe('owner');
      for (const action of actionsOf('staff', state)) expect(registrationRules[action].side).toBe('staff');
    }
    expect(actionsOf('staff', 'draft')).toEqual([]);
    expect(actionsOf('owner', 'withdrawn')).toEqual([]);
  });
});
