/** The serial number printed on a device, such as `012345`. Leading zeros and case are significant. */
export const serialNumberPattern = '^[A-Za-z0-9-]{1,40}$';
export const deviceNameLength = 12;
/** The device name: hexadecimal characters in either case, stored in lower case. */
export const deviceNamePattern = `^[0-9A-Fa-f]{${deviceNameLength}}$`;
export const maxCustomNameLength = 100;

const serialNumber = new RegExp(serialNumberPattern);
const deviceName = new RegExp(deviceNamePattern);
/**
 * Control characters, line ends, unpaired surrogates, and characters that reverse or hide the text around them, except
 * the joiners U+200C and U+200D.
 */
const unsupported = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export function isSerialNumber(text: string): boolean {
  return serialNumber.test(text);
}

/** The device name as it is stored and compared; `null`: the text is not a device name. */
export function normaliseDeviceName(text: string): string | null {
  return deviceName.test(text) ? text.toLowerCase() : null;
}

/**
 * Normalises a user's name for a device: without outer white space, as NFC, at most 100 code points, on one line.
 * Empty: no name.
 */
export function readCustomName(
  text: string,
): { readonly customName: string } | { readonly problem: 'too_long' | 'unsupported_character' } {
  const customName = text.trim().normalize('NFC');
  if ([...customName.slice(0, 2 * maxCustomNameLength + 1)].length > maxCustomNameLength) {
    return { problem: 'too_long' };
  }
  return unsupported.test(customName) ? { problem: 'unsupported_character' } : { customName };
}
