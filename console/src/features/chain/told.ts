import type { ChainEvent } from '../../api/types';
import { exact, hour, money, short } from '../../components/format';
import { spelled } from '../../components/words';

const NOBODY = /^0x0{40}$/;
const hourOf = (number: string) => hour(new Date(Number(number) * 3_600_000).toISOString());
const tonnes = (v: Record<string, string>) => exact(String(Number(v.serialLast) - Number(v.serialFirst) + 1));

/** An event of the chain in words first; the raw values stand behind it. @param names of addresses, lower case */
export function told(e: ChainEvent, names: Map<string, string>): string {
  const v = e.values;
  const who = (address?: string) => (address ? (names.get(address.toLowerCase()) ?? short(address)) : 'nobody');
  switch (e.name) {
    case 'RootAnchored': return `Anchored a batch of ${exact(v.leaves)} hours, root ${short(v.root)}`;
    case 'CreditsIssued': return `Issued ${tonnes(v)} t of ${v.projectId} to ${who(v.account)}, token ${v.tokenId}, for ${hourOf(v.fromHour)} to ${hourOf(v.toHour)} of ${v.sourceId}`;
    case 'CreditsTransferred': return `Transferred ${exact(v.tonnes)} t of token ${v.tokenId} from ${who(v.from)} to ${who(v.to)}`;
    case 'CreditsRetired': return `Retired ${tonnes(v)} t of token ${v.tokenId} by ${who(v.account)} for ${v.beneficiary}${v.reason ? `: ${v.reason}` : ''}`;
    case 'SerialsMoved': return NOBODY.test(v.from) ? `Serials ${exact(v.serialFirst)} to ${exact(v.serialLast)} of token ${v.tokenId} made for ${who(v.to)}` : `Serials ${exact(v.serialFirst)} to ${exact(v.serialLast)} of token ${v.tokenId} went from ${who(v.from)} ${NOBODY.test(v.to) ? 'out of circulation' : `to ${who(v.to)}`}`;
    case 'SaleSettled': return `Settled a sale of ${exact(v.tonnes)} t of token ${v.tokenId} by ${who(v.seller)} to ${who(v.buyer)} for ${money(Number(v.priceMinor), 'USD')}`;
    case 'CashDeposited': return `Deposited ${money(Number(v.minor), 'USD')} for ${who(v.account)}`;
    case 'Transfer': return `${money(Number(v.value), 'USD')} ${NOBODY.test(v.from) ? `came to ${who(v.to)}` : `went from ${who(v.from)} to ${who(v.to)}`}`;
    case 'TransferSingle': return NOBODY.test(v.from) ? `${exact(v.value)} t of token ${v.id} came to ${who(v.to)}` : `${exact(v.value)} t of token ${v.id} went from ${who(v.from)} ${NOBODY.test(v.to) ? 'out of circulation' : `to ${who(v.to)}`}`;
    case 'ApprovalForAll': return `${who(v.account)} ${v.approved === 'false' ? 'no longer lets' : 'lets'} ${who(v.operator)} move its credits`;
    case 'Approval': return `${who(v.owner)} lets ${who(v.spender)} move its cash`;
    case 'RoleGranted': return `${who(v.account)} was given a role in the ${e.contract} contract`;
    case 'RoleRevoked': return `${who(v.account)} lost a role in the ${e.contract} contract`;
    default: return spelled(e.name);
  }
}
