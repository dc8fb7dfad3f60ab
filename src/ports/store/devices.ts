import type { Origin } from '../audit.ts';
import type { ChangeRecord } from '../change-record.ts';
import type { CursorPage, CursorPaging } from '../listing.ts';

/** The end of an ownership that has none yet: 2999-12-31T23:59:59Z. */
export const endOfTime = 32_503_679_999_000;

/** A tracker as one user sees it. */
export interface Device {
  readonly id: number;
  /** Leading zeros are part of it: `012345`. */
  readonly serialNumber: string;
  /** 12 hexadecimal characters. */
  readonly deviceName: string;
  /** What this user calls it, kept with the user's own latest ownership; empty if never set. */
  readonly customName: string;
}

/** One device, one manager, one timespan: `startTime` inclusive, `endTime` exclusive. */
export interface Ownership {
  readonly id: number;
  readonly startTime: number;
  readonly endTime: number;
  readonly userId: number;
  readonly device: Pick<Device, 'id' | 'serialNumber' | 'deviceName'>;
}

export interface OffsetPage<T> {
  /** Matching rows in all, not only on this page. */
  readonly count: number;
  readonly rows: readonly T[];
}

export interface OffsetPaging<Field extends string> {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
  /** Ties are broken by id, in the same direction. */
  readonly orderBy: Field;
  readonly descending: boolean;
}

export type DeviceField = 'id' | 'serial_number' | 'device_name' | 'custom_name';
export type OwnershipField = 'id' | 'start_time' | 'end_time' | 'device';

export interface DeviceQuery extends OffsetPaging<DeviceField> {
  readonly userId: number;
  /** `true`: owned at `now`. `false`: owned before and not at `now`. Absent: owned now or ever. */
  readonly current?: boolean;
  readonly serialNumber?: string;
  readonly customName?: string;
  /** Case-insensitive part of serial number, device name or custom name. */
  readonly search?: string;
  readonly now: number;
}

export interface OwnershipQuery extends OffsetPaging<OwnershipField> {
  readonly userId: number;
  readonly deviceId?: number;
  readonly current?: boolean;
  /** Case-insensitive part of serial number or device name. */
  readonly search?: string;
  readonly now: number;
}

/** A tracker as the administrators see it. */
export interface RegisteredDevice {
  readonly id: number;
  readonly serialNumber: string;
  readonly deviceName: string;
  readonly createdAt: number;
  readonly owner: { readonly id: number; readonly email: string } | null;
}

/** One timespan of a device's history. */
export interface PastOwnership {
  readonly id: number;
  readonly startTime: number;
  readonly endTime: number;
  readonly owner: { readonly id: number; readonly email: string };
}

/** A list of devices that was read, and waits to be registered. */
export interface StagedImport {
  readonly id: string;
  readonly createdAt: number;
  /** Those that are not known yet. */
  readonly fresh: number;
  /** Those whose serial number is known already: nothing of them will change. */
  readonly known: number;
  /** The first of those that are known. */
  readonly knownSerialNumbers: readonly string[];
}

export type ListedDevice = { readonly serialNumber: string; readonly deviceName: string };

/** Ownership is a `where` in every read here: what another user owns is never found. */
export interface Devices {
  /**
   * Registers a tracker. `taken`: its serial number is known already. With `ownerId`, its ownership starts in the same
   * act.
   */
  add(device: {
    readonly serialNumber: string;
    readonly deviceName: string;
    readonly ownerId: number | null;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<{ readonly outcome: 'added'; readonly id: number } | { readonly outcome: 'taken' }>;
  list(query: DeviceQuery): Promise<OffsetPage<Device>>;
  /** `undefined`: never owned by this user. */
  find(userId: number, deviceId: number): Promise<Device | undefined>;
  /** On the user's own ongoing ownership; `not_owner` for everybody else, `unknown` if the user never owned it. */
  setCustomName(change: {
    readonly userId: number;
    readonly deviceId: number;
    readonly customName: string;
    readonly now: number;
  }): Promise<'changed' | 'not_owner' | 'unknown'>;
  listOwnerships(query: OwnershipQuery): Promise<OffsetPage<Ownership>>;
  findOwnership(userId: number, ownershipId: number): Promise<Ownership | undefined>;
  /**
   * Starts an ownership of the device that has this serial number and this name (compared without case). Exactly one
   * of several callers wins, with an audit entry. `owned`: somebody else owns it now. `already_yours`: no second
   * ownership is started.
   */
  take(take: {
    readonly userId: number;
    readonly serialNumber: string;
    readonly deviceName: string;
    readonly now: number;
    readonly origin?: Origin;
  }): Promise<
    | { readonly outcome: 'taken'; readonly ownership: Ownership }
    | { readonly outcome: 'already_yours'; readonly ownership: Ownership }
    | { readonly outcome: 'owned' | 'unknown' }
  >;
  /**
   * Ends the user's own ongoing ownership at `now`, with an audit entry. `not_owner`: it is over; `unknown`: never
   * owned by this user.
   */
  release(release: {
    readonly userId: number;
    readonly deviceId: number;
    readonly now: number;
    readonly origin?: Origin;
  }): Promise<
    { readonly outcome: 'released'; readonly ownership: Ownership } | { readonly outcome: 'not_owner' | 'unknown' }
  >;

  /** Everybody's devices, newest first, for administrators. `text`: a part of serial number or device name. */
  search(query: CursorPaging & { readonly text?: string }): Promise<CursorPage<RegisteredDevice>>;
  findRegistered(deviceId: number): Promise<RegisteredDevice | undefined>;
  /** Who owned a device and when, newest first. */
  history(deviceId: number): Promise<readonly PastOwnership[]>;
  /**
   * Makes somebody the owner from `now` on, ending an ownership that goes on. `expectedOwnerId` is the owner whom the
   * administrator saw (`null`: nobody): if that changed meanwhile, `lost`.
   */
  assign(assignment: {
    readonly deviceId: number;
    readonly expectedOwnerId: number | null;
    /** `null`: nobody. */
    readonly newOwnerId: number | null;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'assigned' | 'lost' | 'unknown'>;

  /**
   * Adds a part of a list to what is staged under this id; nothing is registered yet. A serial number that comes twice
   * is kept once.
   */
  stage(part: {
    readonly importId: string;
    readonly createdBy: number | null;
    readonly devices: readonly ListedDevice[];
    readonly now: number;
  }): Promise<void>;
  findImport(importId: string): Promise<StagedImport | undefined>;
  /** Registers all that is staged under this id, in one act, and forgets the list. Good once. */
  registerStaged(
    importId: string,
    now: number,
    record: ChangeRecord,
  ): Promise<{ readonly added: number; readonly known: number } | 'unknown'>;
  dropImport(importId: string): Promise<void>;
}
