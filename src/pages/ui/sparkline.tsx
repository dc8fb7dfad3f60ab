/** One bar of the chart. */
export interface Day {
  readonly label: string;
  readonly value: number;
  /** How many of `value` failed. */
  readonly part: number;
}

/** Of the viewBox: the image is stretched to the width of the page. */
const width = 300;
const height = 56;

/** A bar for each day; its failed part has another colour. `summary` is the text alternative and the caption. */
export function Sparkline({ days, summary }: { readonly days: readonly Day[]; readonly summary: string }) {
  const max = Math.max(1, ...days.map(({ value }) => value));
  const step = width / Math.max(1, days.length);
  /** At least 2, so that small values stay visible. */
  const barHeight = (value: number) => (value === 0 ? 0 : Math.max(2, (value / max) * height));
  return (
    <figure class="sparkline">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary} preserveAspectRatio="none">
        {days.map(({ label, value, part }, index) => (
          <g key={label}>
            <rect x={index * step} y={0} width={step} height={height} class="sparkline-ground">
              <title>{label}</title>
            </rect>
            <rect
              x={index * step + 1}
              y={height - barHeight(value)}
              width={step - 2}
              height={barHeight(value)}
              class="sparkline-all"
            />
            <rect
              x={index * step + 1}
              y={height - barHeight(part)}
              width={step - 2}
              height={barHeight(part)}
              class="sparkline-part"
            />
          </g>
        ))}
      </svg>
      <figcaption>{summary}</figcaption>
    </figure>
  );
}
