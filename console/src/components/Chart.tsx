import { useEffect, useRef } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Bucket } from '../api/types';
import { number } from './format';

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const HEIGHT = 260;

/** Readings that stand alone, with a gap on both sides: a line would not show them. */
export function alone(column: (number | null)[]): number[] {
  return column.flatMap((v, i) => (v !== null && (column[i - 1] ?? null) === null && (column[i + 1] ?? null) === null ? [i] : []));
}

/** Mean as a line, minimum to maximum as a band; a bucket without readings is a gap, never a line across it. */
export function Chart({ buckets, name, unit, label }: { buckets: Bucket[]; name: string; unit: string; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = host.current;
    if (!element || buckets.length === 0) return;
    let plot: uPlot | undefined;
    let gone = false;
    const draw = () => {
      if (gone) return;
      const x = buckets.map((b) => Date.parse(b.start) / 1000);
      const column = (k: 'min' | 'max' | 'mean') => buckets.map((b) => (b.count === 0 ? null : b[k]));
      const mean = column('mean');
      const single = alone(mean);
      const color = css('--series-1');
      const grid = { stroke: css('--line'), width: 1 };
      const axis = { stroke: css('--muted'), grid, ticks: grid, font: "11px 'Inter Variable', sans-serif" };
      const value = (_: uPlot, v: number | null) => (v === null ? '—' : `${number(v)} ${unit}`.trim());
      plot = new uPlot({
        width: element.clientWidth, height: HEIGHT, tzDate: (t) => uPlot.tzDate(new Date(t * 1e3), 'UTC'), cursor: { drag: { x: true, y: false } },
        series: [
          { label: 'UTC', value: (_, v: number | null) => (v === null ? '—' : new Date(v * 1e3).toISOString().slice(0, 16).replace('T', ' ') + 'Z') },
          { label: 'highest', stroke: color + '55', width: 1, points: { show: false }, value }, { label: 'lowest', stroke: color + '55', width: 1, points: { show: false }, value },
          { label: `mean of ${name}`, stroke: color, width: 1.5, value, points: { show: true, size: 5, fill: color, filter: () => single } },
        ],
        bands: [{ series: [1, 2], fill: color + '22' }],
        axes: [{ ...axis, values: [[3600 * 24 * 28, '{YYYY}-{MM}', null, null, null, null, null, null, 1], [3600 * 24, '{MM}-{DD}', '\n{YYYY}', null, null, null, null, null, 1], [60, '{HH}:{mm}', '\n{YYYY}-{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1], [1, '{HH}:{mm}:{ss}', '\n{YYYY}-{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1]] }, { ...axis, size: 60, values: (_, ticks) => ticks.map((t) => number(t)) }],
      }, [x, column('max'), column('min'), mean], element);
    };
    // Text on a canvas keeps the font it was drawn with: wait for ours.
    void (document.fonts?.load("11px 'Inter Variable'") ?? Promise.resolve()).then(draw, draw);
    const resize = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    return () => { gone = true; resize.disconnect(); plot?.destroy(); };
  }, [buckets, name, unit, scheme]);
  return <div ref={host} className="chart" role="img" aria-label={label} />;
}
