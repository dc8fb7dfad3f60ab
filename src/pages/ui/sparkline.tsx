export interface Day {
  readonly label: string;
  readonly value: number;
  /** How much of it went wrong. */
  readonly part: number;
}

const width = 300;
const height = 56;

/** A bar for each day, with what went wrong in another colour. The summary says in words what is to be seen. */
export function Sparkline({ days, summary }: { readonly days: readonly Day[]; readonly summary: string }) {
  const most = Math.max(1, ...days.map(({ value }) => value));
  const step = width / Math.max(1, days.length);
  const tall = (value: number) => (value === 0 ? 0 : Math.max(2, (value / most) * height));
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
              y={height - tall(value)}
              width={step - 2}
              height={tall(value)}
              class="sparkline-all"
            />
            <rect
              x={index * step + 1}
              y={height - tall(part)}
              width={step - 2}
              height={tall(part)}
              class="sparkline-part"
            />
          </g>
        ))}
      </svg>
      <figcaption>{summary}</figcaption>
    </figure>
  );
}
