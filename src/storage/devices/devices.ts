import type { Devices } from '../../ports/store/index.ts';
import type { Engine } from '../core/engine.ts';
import { dropImport, findImport, registerStaged, stageDevices } from './device-imports.ts';
import { findDevice, listDevices } from './device-list.ts';
import { releaseDevice, setCustomName, takeOwnership } from './device-ownership.ts';
import { assignOwner, deviceHistory, findRegistered, searchDevices } from './device-records.ts';
import { registerDevice } from './device-register.ts';
import { findOwnership, listOwnerships } from './ownership-list.ts';

export function devices(engine: Engine): Devices {
  return {
    add: (device) => engine.transact(registerDevice, device),
    list: (list) => listDevices(engine, list),
    find: (userId, deviceId) => findDevice(engine, userId, deviceId),
    listOwnerships: (list) => listOwnerships(engine, list),
    findOwnership: (userId, ownershipId) => findOwnership(engine, userId, ownershipId),
    take: (take) => engine.transact(takeOwnership, take),
    release: (release) => engine.transact(releaseDevice, release),
    setCustomName: (change) => engine.transact(setCustomName, change),
    search: (search) => searchDevices(engine, search),
    findRegistered: (deviceId) => findRegistered(engine, deviceId),
    history: (deviceId) => deviceHistory(engine, deviceId),
    assign: (assignment) => engine.transact(assignOwner, assignment),
    stage: (part) => engine.transact(stageDevices, part),
    findImport: (importId) => findImport(engine, importId),
    registerStaged: (importId, now, record) => engine.transact(registerStaged, { importId, now, record }),
    dropImport: (importId) => engine.transact(dropImport, { importId }),
  };
}
