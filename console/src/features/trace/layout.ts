import type { Step } from '../../api/types';

export const WIDTH = 126;
export const HEIGHT = 92;
const GAP_X = 20;
const GAP_Y = 12;

export interface Placed { step: Step; x: number; y: number }
export interface Layout { nodes: Placed[]; edges: { from: Placed; to: Placed }[]; width: number; height: number }

/**
 * The steps from left (devices) to right (retirement): each one column after the last of those it rests on, pulled right towards what rests on it, centred in its column.
 * A dozen steps need no layout library.
 */
export function layout(steps: Step[]): Layout {
  const byId = new Map(steps.map((s) => [s.id, s]));
  const column = new Map<string, number>();
  const depth = (s: Step, seen: Set<string>): number => {
    const known = column.get(s.id);
    if (known !== undefined) return known;
    if (seen.has(s.id)) return 0;
    seen.add(s.id);
    const d = s.parents.reduce((most, p) => { const parent = byId.get(p); return parent ? Math.max(most, depth(parent, seen) + 1) : most; }, 0);
    column.set(s.id, d);
    return d;
  };
  steps.forEach((s) => depth(s, new Set()));
  const columns: Step[][] = [];
  for (const s of [...steps].reverse()) (columns[column.get(s.id)!] ??= []).push(s);
  const tallest = Math.max(1, ...columns.map((c) => c?.length ?? 0));
  const height = tallest * HEIGHT + (tallest - 1) * GAP_Y;
  const nodes: Placed[] = columns.flatMap((c, i) => c.map((step, j) => ({ step, x: i * (WIDTH + GAP_X), y: (height - c.length * HEIGHT - (c.length - 1) * GAP_Y) / 2 + j * (HEIGHT + GAP_Y) })));
  const placed = new Map(nodes.map((n) => [n.step.id, n]));
  const edges = nodes.flatMap((to) => to.step.parents.flatMap((p) => { const from = placed.get(p); return from ? [{ from, to }] : []; }));
  return { nodes, edges, width: columns.length * (WIDTH + GAP_X) - GAP_X, height };
}
