/** A few numbers side by side, as bars with their names. */
export function Bars({
  caption,
  bars,
}: {
  readonly caption: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <figure class="bars">
      <figcaption>{caption}</figcaption>
      {bars.map(({ label, value }) => (
        <div key={label} class="bar">
          <span class="bar-label">{label}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect x="0" y="0" width={(value / most) * 100} height="10" class="bar-value" />
          </svg>
          <span class="bar-number">{value}</span>
        </div>
      ))}
    </figure>
  );
}
