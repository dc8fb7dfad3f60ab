import type { Devices } from '../ports/store/index.ts';
import { findDevice, listDevices } from './device-list.ts';
import { releaseDevice, setCustomName, takeDevice } from './device-ownership.ts';
import { addDevice, importDevices } from './device-register.ts';
import type { Engine } from './engine.ts';
import { findOwnership, listOwnerships } from './ownership-list.ts';

export function devices(engine: Engine): Devices {
  return {
    add: (device) => engine.act(addDevice, device),
    importAll: (batch, now) => engine.act(importDevices, { devices: batch, now }),
    list: (asked) => listDevices(engine, asked),
    find: (userId, deviceId) => findDevice(engine, userId, deviceId),
    listOwnerships: (asked) => listOwnerships(engine, asked),
    findOwnership: (userId, ownershipId) => findOwnership(engine, userId, ownershipId),
    take: (take) => engine.act(takeDevice, take),
    release: (release) => engine.act(releaseDevice, release),
    setCustomName: (change) => engine.act(setCustomName, change),
  };
}
