import type { Role } from '../api/types';

// Names of the machine in words for people. What is not listed is spelled out as well as it can be, never shown raw.

/** heatInputRate → Heat input rate */
export function spelled(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[._-]/g, ' ').toLowerCase().replace(/\bco2\b/g, 'CO₂').replace(/\bh2o\b/g, 'H₂O');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const UNITS: Record<string, string> = { '1': '', '[scf]/h': 'scf/h', Cel: '°C', '[mmBtu]': 'mmBtu', '[ston_av]': 'short tons', 'ug/m3': 'µg/m³' };
/** A unit as people write it; UCUM's own where they are the same. */
export const unit = (ucum: string) => UNITS[ucum] ?? ucum;

const CHANNELS: Record<string, string> = {
  co2: 'CO₂', o2: 'O₂', h2o: 'Moisture', flow: 'Stack flow', co2Mass: 'CO₂ as the plant reports it', co2Flag: 'CO₂ flag', co2Estimate: 'CO₂, estimated by the board',
  heatInputFlag: 'Heat input flag', mq135Raw: 'MQ-135, raw counts', mq135Ratio: 'MQ-135, ratio to clean air', pm25: 'PM2.5', load: 'Load', flag: 'Flag',
};
export const channel = (name: string) => CHANNELS[name] ?? spelled(name);

const STEPS: Record<string, [string, string]> = {
  operatingTimeHours: ['Operating time', 'h'], loadMw: ['Load while running', 'MW'], activityMwh: ['Electricity made', 'MWh'], co2Percent: ['CO₂ in the stack gas', '%'], flowBias: ['Bias factor of the flow', ''],
  flowScfh: ['Stack gas flow', 'scf/h'], h2oPercent: ['Moisture of the stack gas', '%'], k: ['K of Eq. F-11', 'short tons/scf/%'], heatInputMmbtu: ['Heat input', 'mmBtu'], heatInputRateMmbtuPerHour: ['Heat input rate', 'mmBtu/h'],
  fcScfPerMmbtu: ['F factor of the fuel', 'scf/mmBtu'], co2RateShortTonsPerHour: ['CO₂ rate, rounded by the rule', 'short tons/h'], co2MassShortTons: ['CO₂ of the hour', 'short tons'],
  baselineMeasuredTonnes: ['CO₂ in the baseline', 't'], baselineActivityMwh: ['Electricity in the baseline', 'MWh'], baselineTonnesPerMwh: ['Baseline intensity', 't/MWh'], baselineTonnes: ['What the baseline would have emitted', 't'],
  measuredTonnes: ['CO₂ measured', 't'], reductionTonnes: ['Reduction', 't'], uncertaintyPercent: ['Uncertainty of the measured mass (k = 2)', '%'], deductionFactor: ['Deduction factor', ''],
  deductionTonnes: ['Deduction for uncertainty', 't'], netTonnes: ['Net reduction', 't'], uncertainty: ['Uncertainty', '%'],
};
const SUFFIXES: [RegExp, string][] = [[/ShortTons$/, 'short tons'], [/Tonnes$/, 't'], [/Percent$/, '%'], [/Mwh$/, 'MWh'], [/Mw$/, 'MW'], [/Scfh$/, 'scf/h'], [/Hours$/, 'h'], [/Mmbtu$/, 'mmBtu']];
/** A value of the machine's own list in words: SYNTHETIC → synthetic. All else as it is. */
export const worded = (value: string) => (/^[A-Z][A-Z_]+$/.test(value) ? value.replaceAll('_', ' ').toLowerCase() : value);

/** A named value of a computation: what it is, and its unit. */
export function step(name: string): { label: string; unit: string } {
  if (STEPS[name]) return { label: STEPS[name][0], unit: STEPS[name][1] };
  const suffix = SUFFIXES.find(([ends]) => ends.test(name) && name.replace(ends, ''));
  return suffix ? { label: spelled(name.replace(suffix[0], '')), unit: suffix[1] } : { label: spelled(name), unit: '' };
}

const FACTS: Record<string, string> = {
  cid: 'Content id of the evidence', evidence: 'Encrypted evidence (CID)', root: 'Merkle root', openedBy: 'Opened by', signedAt: 'Signed', priceMinor: 'Price of all', serialFirst: 'First serial', serialLast: 'Last serial',
  journalEntriesUsed: 'Journal entries used', firstSequence: 'First journal entry', measuredHours: 'Hours measured', idleHours: 'Hours not running', substitutedHours: 'Hours substituted', missingHours: 'Hours missing', ruleBook: 'Rule book',
  maxShortTonsPerHour: 'Most this source can emit, short tons/h', shortTonsPerHour: 'Short tons/h', historyMax: 'Most in the hours before, short tons/h', tokenId: 'Token',
};
export const fact = (name: string) => FACTS[name] ?? STEPS[name]?.[0] ?? spelled(name);

export const PROTOCOLS: Record<string, string> = { http: 'HTTP', mqtt: 'MQTT', lorawan: 'LoRaWAN', release: 'Released by a person' };
export const protocol = (name: string) => PROTOCOLS[name] ?? spelled(name);

export const ROLES: Record<Role, string> = { ADMINISTRATOR: 'Administrator', OPERATOR: 'Operator', VERIFIER: 'Verifier', TRADER: 'Trader', AUDITOR: 'Auditor' };

const REASONS: Record<string, string> = {
  'no-data': 'No reading came in this hour', 'input-missing': 'An input is missing', 'out-of-range': 'An input is out of its range', 'too-few-quadrants': 'Too few quarters of the hour have a value',
};
/** Why an hour is as it is: 'input-missing:flow' → An input is missing: stack flow. */
export function reason(text: string): string {
  const [code, of] = text.split(':');
  return REASONS[code] ? REASONS[code] + (of ? `: ${channel(of).toLowerCase()}` : '') : text;
}

const PROBLEMS: Record<string, string> = {
  'payload.malformed': 'The message cannot be read', 'payload.too-large': 'The message is too large', 'payload.oversize': 'The message is too large', 'payload.empty': 'The message is empty', 'payload.extra': 'The message has fields the profile does not know',
  'payload.fields': 'The fields do not fit the profile', 'payload.no-readings': 'The message has no reading', 'payload.truncated': 'The message is cut off', 'payload.unknown-kind': 'The profile does not know this kind of message',
  'time.future': 'Measured in the future', 'time.ancient': 'Measured too long ago', 'time.malformed': 'A time cannot be read', 'value.malformed': 'A value cannot be read', 'value.out-of-range': 'A value is out of range', 'unit.wrong': 'The unit is not the channel’s',
  'device.unknown': 'The device is unknown', 'device.disabled': 'The device is switched off', 'profile.unknown': 'The hardware profile is not loaded', 'reading.conflict': 'Another value is stored for the same time', 'content-type.unknown': 'The kind of content is unknown',
  'lorawan.mic-wrong': 'The frame was not made by this device', 'lorawan.counter-replayed': 'The frame was heard before', 'lorawan.counter-gap': 'Too many frames are missing before this one', 'lorawan.crc-failed': 'The radio garbled the frame',
  'lorawan.frame-malformed': 'The frame cannot be read', 'lorawan.datagram-malformed': 'The gateway’s message cannot be read', 'lorawan.unknown-device': 'No device has this radio address', 'lorawan.session': 'The device has no radio session', 'lorawan.type-unsupported': 'This kind of frame is not supported',
  'topic.forbidden': 'A topic of another device', 'topic.unknown': 'The topic is unknown', 'body.too-large': 'The message is too large', 'route.failed': 'The route failed',
};
/** A time with more digits than a person reads, to the second. */
export const plainTimes = (text: string) => text.replace(/(T\d\d:\d\d:\d\d)\.\d+Z/g, '$1Z');

/** What was wrong with a message, in words; the code stands beside it. */
export const problem = (code: string) => PROBLEMS[code] ?? spelled(code.split('.').reverse().join(' of '));

const KINDS: Record<string, string> = { anchor: 'Anchor a batch', issue: 'Issue credits', transfer: 'Transfer credits', retire: 'Retire credits', deposit: 'Deposit cash', settle: 'Settle a sale', approve: 'Approve a contract', deploy: 'Put a contract on chain', grant: 'Grant a role' };
export const effectKind = (kind: string) => KINDS[kind] ?? spelled(kind);

export const STEP_KINDS: Record<string, string> = { device: 'Device', readings: 'Readings', hours: 'Hours', verification: 'Verification', batch: 'Anchored', issuance: 'Issued', transfer: 'Transferred', sale: 'Sold', retirement: 'Retired' };

const CHECKS: Record<string, string> = { range: 'Range', 'rate-of-change': 'Rate of change', 'stuck-value': 'Standing value', 'missing-share': 'Share of missing hours', grade: 'Grade of the readings', 'weka.expected-mass': 'Expected mass (model)', checks: 'Checks made' };
export const check = (id: string) => CHECKS[id] ?? spelled(id);

export const TOPICS: Record<string, string> = { reading: 'Reading', hour: 'Hour', finding: 'Finding', case: 'Case', batch: 'Batch', effect: 'Chain', credit: 'Credits', sale: 'Sale', device: 'Device', quarantine: 'Quarantine', lost: 'Left out' };

const PARTS: Record<string, string> = {
  Intake: 'the intake of readings', Journal: 'the journal', Devices: 'the devices', Profiles: 'the hardware profiles', RadioSessions: 'LoRaWAN', Hours: 'the hourly accounts', Verifications: 'verification', HourBatches: 'the sealing of batches',
  EvidenceStore: 'the evidence store', Ledger: 'the ledger', Credits: 'the registry of credits', Sales: 'sales', ProofFiles: 'proof files',
};
export const part = (name: string) => PARTS[name] ?? spelled(name);
