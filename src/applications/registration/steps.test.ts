import { describe, expect, it } from 'vitest';
import { actionsOf, nextState, type RegistrationAction, registrationRules } from './steps.ts';

const states = ['draft', 'submitted', 'information_requested', 'approved', 'declined', 'withdrawn'] as const;
const actions = Object.keys(registrationRules) as RegistrationAction[];

/** The whole table: what each action leads to from each state; `-`: it is not possible there. */
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
  it.each(actions)('goes where the table says: %s', (action) => {
    expect(states.map((state) => nextState(state, action)?.state ?? '-')).toEqual(table[action]);
  });

  it('comes into the queue when it is submitted, answered or appealed, and keeps its place while it waits', () => {
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

  it('is nothing that a side can act on for the other', () => {
    for (const state of states) {
      for (const action of actionsOf('owner', state)) expect(registrationRules[action].side).toBe('owner');
      for (const action of actionsOf('staff', state)) expect(registrationRules[action].side).toBe('staff');
    }
    expect(actionsOf('staff', 'draft')).toEqual([]);
    expect(actionsOf('owner', 'withdrawn')).toEqual([]);
  });
});
