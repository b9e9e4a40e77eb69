import type { Device, Profile } from '../api/types';
import type { StateName } from './parts';

/** How a device does, by the interval its profile promises: late after two of them, silent after six. Without a promise it is heard or it is not. */
export function deviceState(device: Device, profile: Profile | undefined, now: number): StateName {
  if (!device.enabled) return 'DISABLED';
  if (!device.lastSeen) return 'NEVER';
  const interval = (profile?.intervalMinutes ?? 0) * 60_000;
  const age = now - Date.parse(device.lastSeen.receivedAt);
  if (interval === 0 || age <= 2 * interval + 60_000) return 'REPORTING';
  return age <= 6 * interval + 60_000 ? 'LATE' : 'SILENT';
}
