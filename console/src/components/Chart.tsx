import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Bucket } from '../api/types';

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Mean as a line, minimum to maximum as a band; a bucket without readings is a gap, never a line across it. */
export function Chart({ buckets, unit, label }: { buckets: Bucket[]; unit: string; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element || buckets.length === 0) return;
    const x = buckets.map((b) => Date.parse(b.start) / 1000);
    const column = (k: 'min' | 'max' | 'mean') => buckets.map((b) => (b.count === 0 ? null : b[k]));
    const color = css('--series-1');
    const grid = { stroke: css('--line'), width: 1 };
    const axis = { stroke: css('--muted'), grid, ticks: grid, font: "11px 'Inter Variable', sans-serif" };
    const plot = new uPlot({
      width: element.clientWidth, height: 240, tzDate: (t) => uPlot.tzDate(new Date(t * 1e3), 'UTC'), cursor: { drag: { x: true, y: false } },
      series: [{ label: 'UTC' }, { label: 'highest', stroke: color + '55', width: 1, points: { show: false } }, { label: 'lowest', stroke: color + '55', width: 1, points: { show: false } }, { label: `mean, ${unit}`, stroke: color, width: 1.5 }],
      bands: [{ series: [1, 2], fill: color + '22' }], axes: [axis, { ...axis, size: 64 }],
    }, [x, column('max'), column('min'), column('mean')], element);
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 240 }));
    resize.observe(element);
    return () => { resize.disconnect(); plot.destroy(); };
  }, [buckets, unit]);
  return <div ref={host} role="img" aria-label={label} style={{ minHeight: 280 }} />;
}
