import type { LatestValue } from '../api/types';
import { instant, number } from './format';
import { State } from './parts';
import { channel, unit } from './words';

/** The newest values of a device, each with its unit; its grade only where it is less than measured. */
export function Values({ of }: { of: LatestValue[] }) {
  if (of.length === 0) return <span className="muted">no value yet</span>;
  return <div className="values">{of.map((v) => <span key={v.channel} title={`measured ${instant(v.time)}`}><span className="muted">{channel(v.channel)}</span> <b>{number(v.value, 2)}</b>{unit(v.unit) && ` ${unit(v.unit)}`} {v.grade === 'SYNTHETIC' && <State of={v.grade} />}</span>)}</div>;
}
