/** A device as administrators see it. */
export interface RegisteredDevice {
  readonly id: number;
  readonly serialNumber: string;
  readonly deviceName: string;
  readonly createdAt: number;
  /** The current owner; `null`: none. */
  readonly owner: { readonly id: number; readonly email: string } | null;
}

/** An ownership in the history of a device, past or ongoing. */
export interface PastOwnership {
  readonly id: number;
  readonly startTime: number;
  /** `endOfTime`: the ownership is ongoing. */
  readonly endTime: number;
  readonly owner: { readonly id: number; readonly email: string };
}

/** A list of devices that was uploaded but is not registered yet. */
export interface StagedImport {
  readonly id: string;
  readonly createdAt: number;
  /** The number of devices that registering the list would add. */
  readonly fresh: number;
  /** The number of devices whose serial number is registered already. Registering the list leaves them unchanged. */
  readonly known: number;
  /** The first 20 of those serial numbers. */
  readonly knownSerialNumbers: readonly string[];
}

export type ListedDevice = { readonly serialNumber: string; readonly deviceName: string };
