import type { Depth, Order } from '../../api/types';

export type Rung = Depth['bids'][number] & { side: 'bid' | 'ask'; share: number };

/** The book from the highest ask down to the lowest bid; share: tonnes of the rung against the largest one. */
export function ladder(depth: Depth, most: number): Rung[] {
  const asks = depth.asks.slice(0, most).reverse().map((l) => ({ ...l, side: 'ask' as const }));
  const bids = depth.bids.slice(0, most).map((l) => ({ ...l, side: 'bid' as const }));
  const largest = Math.max(1, ...asks.map((l) => l.tonnes), ...bids.map((l) => l.tonnes));
  return [...asks, ...bids].map((l) => ({ ...l, share: l.tonnes / largest }));
}

const REASONS: Record<Order['reason'], string> = {
  NONE: '', BY_OWNER: 'by its owner', UNFILLED: 'nobody on the other side', NOT_WHOLE: 'not all of it could be had', SELF_TRADE: 'it met an own order', CASH_TOO_LITTLE: 'cash too little', CREDITS_TOO_FEW: 'credits too few',
  OFF_TICK: 'price off the tick', OVERFLOW: 'too large', BOOK_FULL: 'the book is full', TOO_MANY_OPEN: 'too many open orders', NOT_COVERED: 'no longer covered on chain',
};

/** What became of an order, in words. */
export const fate = (o: Order): string => {
  const filled = o.filled > 0 ? `${o.filled} of ${o.tonnes} t traded` : '';
  const rest = o.status === 'OPEN' ? `${o.open} t wait` : o.status === 'FILLED' ? '' : [o.status === 'REFUSED' ? 'refused' : 'cancelled', REASONS[o.reason]].filter(Boolean).join(': ');
  return [filled, rest].filter(Boolean).join(', ');
};
