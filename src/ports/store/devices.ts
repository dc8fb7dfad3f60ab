import type { Origin } from '../audit.ts';
import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging, OffsetPage, OffsetPaging } from '../listing.ts';

/** The end time of an ongoing ownership: 2999-12-31T23:59:59Z, in ms since 1970. */
export const endOfTime = 32_503_679_999_000;

/** A device (GPS tracker) as one of its owners sees it. */
export interface Device {
  readonly id: number;
  /** A text: leading zeros count, as in `012345`. */
  readonly serialNumber: string;
  /** 12 hexadecimal characters. */
  readonly deviceName: string;
  /** The name that this user gave it, stored with the user's latest ownership of it; empty: none. */
  readonly customName: string;
}

/** The time during which one user owns a device: from `startTime` (included) to `endTime` (excluded). */
export interface Ownership {
  readonly id: number;
  readonly startTime: number;
  /** {@link endOfTime}: the ownership is ongoing. */
  readonly endTime: number;
  readonly userId: number;
  readonly device: Pick<Device, 'id' | 'serialNumber' | 'deviceName'>;
}

export type DeviceField = 'id' | 'serial_number' | 'device_name' | 'custom_name';
export type OwnershipField = 'id' | 'start_time' | 'end_time' | 'device';

/** A list of the devices of one user. All conditions that are present must hold. */
export interface DeviceQuery extends OffsetPaging<DeviceField> {
  readonly userId: number;
  /** `true`: owned at `now`. `false`: owned before `now` and not any more. Absent: both. */
  readonly current?: boolean;
  /** The exact serial number. */
  readonly serialNumber?: string;
  /** The exact custom name. */
  readonly customName?: string;
  /** A part of the serial number, device name or custom name; case does not matter. */
  readonly search?: string;
  readonly now: number;
}

/** A list of the ownerships of one user. All conditions that are present must hold. */
export interface OwnershipQuery extends OffsetPaging<OwnershipField> {
  readonly userId: number;
  readonly deviceId?: number;
  /** `true`: ongoing at `now`. `false`: over at `now`. Absent: both. */
  readonly current?: boolean;
  /** A part of the serial number or device name; case does not matter. */
  readonly search?: string;
  readonly now: number;
}

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
  /** {@link endOfTime}: the ownership is ongoing. */
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

/**
 * Devices and who owns them. Each method with a `userId` has it in the `where` of its query: devices and ownerships of
 * other users are not found.
 */
export interface Devices {
  /**
   * Registers a device. With `ownerId`, an ownership starts in the same transaction. `taken`: the serial number is
   * registered already, and nothing was written.
   * @throws {Error} the owner does not exist
   */
  add(device: {
    readonly serialNumber: string;
    readonly deviceName: string;
    /** `null`: no owner. */
    readonly ownerId: number | null;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<{ readonly outcome: 'added'; readonly id: number } | { readonly outcome: 'taken' }>;
  /** Lists the devices that a user owns or owned, each once. */
  list(query: DeviceQuery): Promise<OffsetPage<Device>>;
  /** Finds a device that the user owns or owned. */
  find(userId: number, deviceId: number): Promise<Device | undefined>;
  /**
   * Sets the custom name of a device that the user owns now. `not_owner`: the user owned it before. `unknown`: the user
   * never owned it.
   */
  setCustomName(change: {
    readonly userId: number;
    readonly deviceId: number;
    readonly customName: string;
    readonly now: number;
  }): Promise<'changed' | 'not_owner' | 'unknown'>;
  /** Lists the past and ongoing ownerships of a user. */
  listOwnerships(query: OwnershipQuery): Promise<OffsetPage<Ownership>>;
  /** Finds an ownership of the user. */
  findOwnership(userId: number, ownershipId: number): Promise<Ownership | undefined>;
  /**
   * Starts an ownership of the device with this serial number and this name (case does not matter), with an audit
   * entry. Of several callers exactly one gets `taken`. `owned`: another user owns the device. `already_yours`: this
   * user owns it already. `unknown`: no device has this serial number and name. All but `taken` write nothing.
   */
  take(take: {
    readonly userId: number;
    readonly serialNumber: string;
    readonly deviceName: string;
    readonly now: number;
    /** For the audit entry. */
    readonly origin?: Origin;
  }): Promise<
    | { readonly outcome: 'taken'; readonly ownership: Ownership }
    | { readonly outcome: 'already_yours'; readonly ownership: Ownership }
    | { readonly outcome: 'owned' | 'unknown' }
  >;
  /**
   * Ends the user's ongoing ownership at `now`, with an audit entry. `not_owner`: the ownership has ended before.
   * `unknown`: the user never owned the device.
   */
  release(release: {
    readonly userId: number;
    readonly deviceId: number;
    readonly now: number;
    /** For the audit entry. */
    readonly origin?: Origin;
  }): Promise<
    { readonly outcome: 'released'; readonly ownership: Ownership } | { readonly outcome: 'not_owner' | 'unknown' }
  >;

  /** Lists the devices of all users, newest first. `text`: a part of the serial number or device name, in any case. */
  search(query: CursorPaging & { readonly text?: string }): Promise<CursorPage<RegisteredDevice>>;
  /** Finds a device of any owner. */
  findRegistered(deviceId: number): Promise<RegisteredDevice | undefined>;
  /** Lists all ownerships of a device, newest first. */
  history(deviceId: number): Promise<readonly PastOwnership[]>;
  /**
   * Ends the ongoing ownership of a device at `now` and starts one of another user. `lost`: the current owner is not
   * `expectedOwnerId`. `unknown`: no such device. Both write nothing.
   * @throws {Error} the new owner does not exist
   */
  assign(assignment: {
    readonly deviceId: number;
    /** The owner whom the administrator saw; `null`: none. */
    readonly expectedOwnerId: number | null;
    /** `null`: the device has no owner afterwards. */
    readonly newOwnerId: number | null;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'assigned' | 'lost' | 'unknown'>;

  /**
   * Adds devices to the list with the ID `importId`, which the first call creates. It registers nothing. Of two devices
   * with one serial number the first stays.
   */
  stage(part: {
    readonly importId: string;
    /** The administrator who uploads the list; `null`: the command line. */
    readonly createdBy: number | null;
    readonly devices: readonly ListedDevice[];
    readonly now: number;
  }): Promise<void>;
  /** Finds a list that is not registered yet. */
  findImport(importId: string): Promise<StagedImport | undefined>;
  /**
   * Registers all devices of a list and deletes it, in one transaction. Returns how many were added and how many had a
   * known serial number. `unknown`: no such list, or it was registered before.
   */
  registerStaged(
    importId: string,
    now: number,
    record: ChangeRecord,
  ): Promise<{ readonly added: number; readonly known: number } | 'unknown'>;
  /** Deletes a list. Does nothing if it is unknown. */
  dropImport(importId: string): Promise<void>;
}
