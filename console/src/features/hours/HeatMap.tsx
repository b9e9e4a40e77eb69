import { useEffect, useMemo, useRef, useState } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { hour as hourText, tonnes } from '../../components/format';
import type { Cell, Day } from './heat';
import { move, step } from './heat';

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LEFT = 34;
const TOP = 20;

/** What a cell says, for the pointer and for a screen reader. */
export const told = (c: Cell | undefined) => (!c ? '' : `${hourText(c.start)} · ${c.status === null ? 'no record' : c.status === 'MISSING' ? 'missing' : `${tonnes(String(c.mass))} t${c.status === 'SUBSTITUTED' ? ', substituted' : c.status === 'IDLE' ? ', not running' : ''}`}`);

/** Hours of months: a day wide and an hour tall; on a phone an hour wide and a day tall. Arrow keys move as the eye does. */
export function HeatMap({ days, chosen, onChoose, onHover }: { days: Day[]; chosen?: string; onChoose: (start: string) => void; onHover: (cell: Cell | undefined) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const tall = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false }) ?? false;
  const scheme = useComputedColorScheme('light');
  const [width, setWidth] = useState(0);
  const highest = useMemo(() => Math.max(0, ...days.flatMap((d) => d.cells).map((c) => c.mass ?? 0)), [days]);
  const across = tall ? 24 : days.length;
  const down = tall ? days.length : 24;
  const h = tall ? Math.max(4, Math.min(10, Math.round(900 / days.length))) : 11;
  const w = Math.max(0, (width - LEFT) / across);
  const height = TOP + down * h + 1;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    setWidth(element.clientWidth);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    const draw = element?.getContext('2d');
    if (!element || !draw || width === 0) return;
    const paint = () => {
      const ratio = devicePixelRatio || 1;
      element.width = width * ratio;
      element.height = height * ratio;
      draw.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw.clearRect(0, 0, width, height);
      const ramp = Array.from({ length: 9 }, (_, i) => css(`--ramp-${i}`));
      const gap = w > 4 ? 1 : 0;
      draw.font = "11px 'Inter Variable', sans-serif";
      draw.fillStyle = css('--muted');
      draw.textBaseline = 'middle';
      const label = (text: string, x: number, y: number) => draw.fillText(text, x, y);
      for (let i = 0; i < 24; i += 6) if (tall) label(`${String(i).padStart(2, '0')}h`, LEFT + i * w, TOP - 9); else label(`${String(i).padStart(2, '0')}h`, 0, TOP + i * h + h / 2);
      days.forEach((d, i) => { if (d.date.endsWith('-01')) { const m = MONTHS[Number(d.date.slice(5, 7)) - 1]; if (tall) label(m, 0, TOP + i * h + 6); else label(m, Math.min(LEFT + i * w, width - draw.measureText(m).width), TOP - 9); } });
      const spot = (d: number, hour: number) => (tall ? [LEFT + hour * w, TOP + d * h] : [LEFT + d * w, TOP + hour * h]);
      days.forEach((day, d) => day.cells.forEach((c, hour) => {
        const [x, y] = spot(d, hour);
        if (c.status === null) return;
        draw.fillStyle = c.mass === null ? css('--surface') : ramp[step(c.mass, highest)];
        draw.fillRect(x, y, w - gap, h - (tall && h < 6 ? 0 : 1));
        if (c.status === 'MISSING') hatch(draw, x, y, w - gap, h - 1);
        if (c.status === 'SUBSTITUTED') { draw.fillStyle = css('--warn'); draw.fillRect(x, y + h - 3, w - gap, 2); }
      }));
      const d = days.findIndex((x) => x.date === chosen?.slice(0, 10));
      if (chosen && d >= 0) {
        const [x, y] = spot(d, Number(chosen.slice(11, 13)));
        for (const [color, line, out] of [[css('--surface'), 4, 1], [css('--text'), 2, 1]] as const) { draw.strokeStyle = color; draw.lineWidth = line; draw.strokeRect(x - out, y - out, Math.max(w - gap, 3) + 2 * out, h - 1 + 2 * out); }
      }
    };
    paint();
    void document.fonts?.load("11px 'Inter Variable'").then(paint, () => undefined);
  }, [days, chosen, width, height, w, h, tall, highest, scheme]);
  const at = (e: React.MouseEvent<HTMLCanvasElement>): Cell | undefined => {
    const box = e.currentTarget.getBoundingClientRect();
    const x = Math.floor((e.clientX - box.left - LEFT) / w);
    const y = Math.floor((e.clientY - box.top - TOP) / h);
    return tall ? days[y]?.cells[x] : days[x]?.cells[y];
  };
  const all = days.flatMap((d) => d.cells);
  const index = all.findIndex((c) => c.start === chosen);
  return (
    <canvas
      ref={canvas} className="heat" style={{ height }} tabIndex={0} role="slider" aria-valuemin={0} aria-valuemax={Math.max(0, all.length - 1)} aria-valuenow={Math.max(0, index)}
      aria-valuetext={index < 0 ? 'no hour chosen' : told(all[index])} aria-orientation={tall ? 'vertical' : 'horizontal'} aria-label="CO₂ by hour; arrow keys choose the hour and the day"
      onClick={(e) => { const c = at(e); if (c) onChoose(c.start); }} onMouseMove={(e) => onHover(at(e))} onMouseLeave={() => onHover(undefined)}
      onKeyDown={(e) => {
        const by = tall ? { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 } : { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -24, ArrowRight: 24 };
        const hours = (by as Record<string, number>)[e.key];
        if (hours && chosen) { e.preventDefault(); onChoose(move(days, chosen, hours)); }
      }}
    />
  );
}

function hatch(draw: CanvasRenderingContext2D, x: number, y: number, w: number, h: number) {
  draw.save();
  draw.beginPath();
  draw.rect(x, y, w, h);
  draw.clip();
  draw.strokeStyle = css('--bad');
  draw.lineWidth = 1;
  draw.beginPath();
  for (let i = -h; i < w + h; i += 4) { draw.moveTo(x + i, y + h); draw.lineTo(x + i + h, y); }
  draw.stroke();
  draw.restore();
}
