import type { StepOutcome } from '../../use-cases/registration/request.ts';

/** The status of the page that says why a step of a registration was refused. */
export function stepStatus({ outcome }: StepOutcome): 400 | 409 {
  return outcome === 'lost' || outcome === 'not_now' ? 409 : 400;
}
