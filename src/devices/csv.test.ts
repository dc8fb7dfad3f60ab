import { describe, expect, it } from 'vitest';
import { readDevices as readInSteps } from './csv.ts';

const readDevices = (text: string) => readInSteps(text, async () => {});

const header = 'serial_number,device_name';
const two = [
  { serialNumber: '012345', deviceName: 'a1b2c3d4e5f8' },
  { serialNumber: 'X-1', deviceName: 'a1b2c3d4e5f9' },
];

describe('a list of devices', () => {
  it('has a header and a line per device', async () => {
    expect(await readDevices(`${header}\n012345,a1b2c3d4e5f8\nX-1,A1B2C3D4E5F9\n`)).toEqual({ devices: two });
  });

  it.each([
    ['of Windows', `${header}\r\n012345,a1b2c3d4e5f8\r\nX-1,A1B2C3D4E5F9\r\n`],
    ['with a byte order mark', `\ufeff${header}\n012345,a1b2c3d4e5f8\nX-1,a1b2c3d4e5f9`],
    ['with quotes', `${header}\n"012345","a1b2c3d4e5f8"\n"X-1","a1b2c3d4e5f9"\n`],
    ['with spaces', `${header} \n 012345 , a1b2c3d4e5f8 \nX-1,a1b2c3d4e5f9\n`],
    ['with empty lines', `${header}\n\n012345,a1b2c3d4e5f8\n  \nX-1,a1b2c3d4e5f9\n\n\n`],
  ])('%s is read the same', async (_what, text) => {
    expect(await readDevices(text)).toEqual({ devices: two });
  });

  it('may be empty below its header', async () => {
    expect(await readDevices(`${header}\n`)).toEqual({ devices: [] });
  });

  it.each([
    '',
    '\n',
    'device_name,serial_number\n',
    '012345,a1b2c3d4e5f8\n',
    'serial_number;device_name\n',
    '\u0000PNG',
  ])('is refused without its header: %j', async (text) => {
    expect(await readDevices(text)).toEqual({ problems: [{ line: 1, message: `The first line must be ${header}` }] });
  });

  it('reports all problems with the line numbers of an editor', async () => {
    const text = [
      header,
      '012345,a1b2c3d4e5f8',
      '012346',
      '',
      '012347,a1b2c3d4e5f8,more',
      'ä,a1b2c3d4e5f8',
      ',a1b2c3d4e5f8',
      '012348,a1b2c3d4e5',
      '012345,a1b2c3d4e5f9',
    ].join('\n');
    expect(await readDevices(text)).toEqual({
      problems: [
        { line: 3, message: 'A line has two values, separated by a comma' },
        { line: 5, message: 'A line has two values, separated by a comma' },
        { line: 6, message: 'The serial number must be 1 to 40 letters, digits and hyphens' },
        { line: 7, message: 'The serial number must be 1 to 40 letters, digits and hyphens' },
        { line: 8, message: 'The device name must be 12 hexadecimal characters' },
        { line: 9, message: 'The serial number is in line 2 already' },
      ],
    });
  });

  it('distinguishes serial numbers that only differ in zeros or case', async () => {
    const read = await readDevices(
      `${header}\n12345,a1b2c3d4e5f8\n012345,a1b2c3d4e5f8\nx,a1b2c3d4e5f8\nX,a1b2c3d4e5f8`,
    );
    expect('devices' in read && read.devices.map(({ serialNumber }) => serialNumber)).toEqual([
      '12345',
      '012345',
      'x',
      'X',
    ]);
  });

  it('reports at most a hundred problems', async () => {
    const read = await readDevices(`${header}\n${'nonsense\n'.repeat(100_000)}`);
    expect('problems' in read && read.problems).toHaveLength(100);
  });

  it('is read in steps with pauses between them', async () => {
    let pauses = 0;
    await readInSteps(`${header}\n${'\n'.repeat(100_000)}`, async () => {
      pauses += 1;
    });
    expect(pauses).toBe(100);
  });

  it('may have a line of any length', async () => {
    expect(await readDevices(`${header}\n${','.repeat(7_000_000)}`)).toEqual({
      problems: [{ line: 2, message: 'A line has two values, separated by a comma' }],
    });
  });
});
