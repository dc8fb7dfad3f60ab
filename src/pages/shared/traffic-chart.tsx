import type { DayOfTraffic } from '../../ports/store/index.ts';
import type { Shell } from '../ui/shell.ts';
import { Sparkline } from '../ui/sparkline.tsx';

/** Requests and refusals of some days, as a picture and in words. */
export function TrafficChart({ shell, days }: { readonly shell: Shell; readonly days: readonly DayOfTraffic[] }) {
  const { developer, day: dayText } = shell.messages;
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
