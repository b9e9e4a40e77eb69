import { expect, it } from 'vitest';
import type { Step } from '../../api/types';
import { layout } from './layout';

const step = (id: string, ...parents: string[]): Step => ({ id, kind: 'batch', title: id, facts: {}, parents });

it('puts each step right of all it rests on, and neighbours below each other', () => {
  const l = layout([step('retired', 'issued'), step('issued', 'a', 'b'), step('b', 'device'), step('a', 'device'), step('device')]);
  const at = Object.fromEntries(l.nodes.map((n) => [n.step.id, n]));
  for (const { from, to } of l.edges) expect(from.x).toBeLessThan(to.x);
  expect(at.a.x).toBe(at.b.x);
  expect(at.a.y).not.toBe(at.b.y);
  expect(l.edges).toHaveLength(5);
});
it('lives with a parent that is not in the list and with a circle', () => {
  expect(layout([step('x', 'gone')]).edges).toEqual([]);
  expect(layout([step('x', 'y'), step('y', 'x')]).nodes).toHaveLength(2);
});
