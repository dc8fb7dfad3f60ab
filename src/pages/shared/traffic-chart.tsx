import type { DayOfTraffic } from '../../ports/store/index.ts';
import type { PageContext } from '../page-context.ts';
import { Sparkline } from '../ui/sparkline.tsx';

/** The requests and errors of each day as a chart, and their sums as text. */
export function TrafficChart({
  context,
  days,
}: {
  readonly context: PageContext;
  readonly days: readonly DayOfTraffic[];
}) {
  const { developer, day: dayText } = context.messages;
  const { trafficSummary } = developer.application;
  const sum = (pick: (day: DayOfTraffic) => number) => days.reduce((total, day) => total + pick(day), 0);
  const bars = days.map(({ day, requests, errors }) => ({
    label: `${dayText(day * 86_400_000)}: ${trafficSummary(requests, errors)}`,
    value: requests,
    part: errors,
  }));
  const summary = trafficSummary(
    sum(({ requests }) => requests),
    sum(({ errors }) => errors),
  );
  return <Sparkline days={bars} summary={summary} />;
}
