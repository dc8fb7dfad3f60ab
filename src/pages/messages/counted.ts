const number = new Intl.NumberFormat('en');

/** A count with its noun: `1,204 devices`, `1 device`. */
export function counted(count: number, one: string, many: string): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
