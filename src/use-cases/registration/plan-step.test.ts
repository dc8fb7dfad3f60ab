import { describe, expect, it } from 'vitest';
import { answers, planFor, plannedFor, registrationIn } from '../../../test/support/site/registration-plans.ts';
import type { StepRequest } from './request.ts';

const submitted = registrationIn('submitted');
const withText = (text: string): readonly StepRequest[] => [
  { id: 'r1', action: 'reply', text },
  { id: 'r1', action: 'ask', text, field: null },
  { id: 'r1', action: 'ask', text, field: 'storage' },
  { id: 'r1', action: 'message', text },
  { id: 'r1', action: 'note', text },
  { id: 'r1', action: 'decline', text },
];
const withOptionalText = (text: string): readonly StepRequest[] => [
  { id: 'r1', action: 'approve', text },
  { id: 'r1', action: 'withdraw', text },
];

describe('a request', () => {
  it('compiles with the fields of its action only', () => {
    const step = { id: 'r1', text: 'Hello' };
    const wrong: readonly StepRequest[] = [
      // @ts-expect-error A submission needs `hashPassword`, for the password of the test user.
      { id: 'r1', action: 'submit' },
      // @ts-expect-error A question needs `field`.
      { ...step, action: 'ask' },
      // @ts-expect-error A note has no `field`.
      { ...step, action: 'note', field: 'storage' },
      // @ts-expect-error A decision has no `answers`.
      { ...step, action: 'approve', answers },
      // @ts-expect-error A rejection needs a reason.
      { id: 'r1', action: 'decline' },
    ];
    expect(wrong).toHaveLength(5);
  });
});

describe('the text of a step', () => {
  it.each(withText(''))('is required to $action', async (request) => {
    expect(await planFor(submitted, request)).toEqual({ outcome: 'bad_text', code: 'required' });
  });

  it.each(withOptionalText(''))('is optional to $action', async (request) => {
    expect(await plannedFor(submitted, request)).toMatchObject({ messages: [{ text: '' }] });
  });

  it.each([...withText('x'.repeat(4000)), ...withOptionalText('x'.repeat(4000))])(
    'has at most 4,000 characters to $action',
    async (request) => {
      await plannedFor(submitted, request);
      const longer = { ...request, text: 'x'.repeat(4001) };
      expect(await planFor(submitted, longer)).toEqual({ outcome: 'bad_text', code: 'too_long' });
    },
  );

  it.each([...withText('a\u202eb'), ...withOptionalText('a\u202eb')])(
    'has no bidirectional control character to $action',
    async (request) => {
      expect(await planFor(submitted, request)).toEqual({ outcome: 'bad_text', code: 'unsupported_character' });
    },
  );

  it('is checked after the state', async () => {
    const outcome = await planFor(registrationIn('withdrawn'), { id: 'r1', action: 'decline', text: '' });
    expect(outcome).toEqual({ outcome: 'not_now' });
  });
});
