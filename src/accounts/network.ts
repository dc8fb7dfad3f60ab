const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** An IPv4 address inside an IPv6 one (RFC 4291 2.5.5.2), as the canonical form of a URL writes it. */
const mappedIpv4 = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * The network that attempts from an address are counted under: for IPv4 the address itself (even if it is mapped into
 * IPv6), for IPv6 its /64, because one customer has at least that much. Any other text counts as `unknown`.
 */
export function networkOf(address: string): string {
  const plain = address.split('%', 1)[0] ?? '';
  if (ipv4.test(plain)) return plain;
  const canonical = canonicalIpv6(plain);
  if (canonical === undefined) return 'unknown';
  const mapped = mappedIpv4.exec(canonical);
  if (mapped !== null) return ipv4Of(Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16));
  return `${firstGroups(canonical, 4).join(':')}::/64`;
}

/** Lower case, shortest form, as a URL parser writes a host in brackets; `undefined`: not an IPv6 address. */
function canonicalIpv6(address: string): string | undefined {
  if (!/^[0-9a-f:.]{2,45}$/i.test(address)) return undefined;
  const url = URL.parse(`http://[${address}]/`);
  return url === null ? undefined : url.hostname.slice(1, -1);
}

function ipv4Of(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function firstGroups(canonical: string, count: number): readonly string[] {
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right].slice(0, count);
}
