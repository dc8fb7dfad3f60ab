/** A bar chart of a few labelled numbers. The longest bar fills the width. */
export function BarChart({
  caption,
  bars,
}: {
  readonly caption: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}) {
  const max = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <figure class="bars">
      <figcaption>{caption}</figcaption>
      {bars.map(({ label, value }) => (
        <div key={label} class="bar">
          <span class="bar-label">{label}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect x="0" y="0" width={(value / max) * 100} height="10" class="bar-value" />
          </svg>
          <span class="bar-number">{value}</span>
        </div>
      ))}
    </figure>
  );
}
