import { useEffect, useRef } from 'react';
import type { Hour } from '../../api/types';
import { hour as hourText } from '../../components/format';
import { cells, step } from './heat';

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A month of hours: one row a day, one column an hour. Arrow keys move by hour and day. */
export function HeatMap({ month, hours, chosen, onChoose }: { month: string; hours: Hour[]; chosen?: string; onChoose: (start: string) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const days = cells(month, hours);
  const highest = Math.max(0, ...hours.map((h) => Number(h.massShortTons ?? 0)));
  const height = 12;
  useEffect(() => {
    const element = canvas.current;
    const draw = element?.getContext('2d');
    if (!element || !draw) return;
    const ratio = devicePixelRatio || 1;
    const width = element.clientWidth;
    element.width = width * ratio;
    element.height = days.length * height * ratio;
    draw.scale(ratio, ratio);
    const w = width / 24;
    days.forEach((day, y) => day.forEach((c, x) => {
      const left = x * w;
      const top = y * height;
      draw.fillStyle = c.hour?.massShortTons != null ? css(`--ramp-${step(Number(c.hour.massShortTons), highest)}`) : css('--surface');
      draw.fillRect(left, top, w - 1, height - 1);
      if (c.hour?.status === 'MISSING') {
        draw.strokeStyle = css('--bad');
        draw.beginPath();
        for (let i = 0; i < w + height; i += 5) { draw.moveTo(left + Math.min(i, w - 1), top + Math.max(0, i - w)); draw.lineTo(left + Math.max(0, i - height), top + Math.min(i, height - 1)); }
        draw.stroke();
      }
      if (c.hour?.status === 'SUBSTITUTED') { draw.fillStyle = css('--warn'); draw.fillRect(left, top + height - 3, w - 1, 2); }
      if (c.start === chosen) { draw.strokeStyle = css('--text'); draw.lineWidth = 2; draw.strokeRect(left + 1, top + 1, w - 3, height - 3); draw.lineWidth = 1; }
    }));
  });
  const move = (by: number) => {
    const t = Date.parse(chosen ?? days[0][0].start) + by * 3_600_000;
    const next = new Date(t).toISOString().replace('.000Z', 'Z');
    if (next.startsWith(month)) onChoose(next);
  };
  return (
    <canvas
      ref={canvas} className="heat" style={{ height: days.length * height }} tabIndex={0} role="slider" aria-valuemin={1} aria-valuemax={days.length * 24}
      aria-valuenow={chosen ? (Date.parse(chosen) - Date.parse(days[0][0].start)) / 3_600_000 + 1 : 1} aria-valuetext={chosen ? hourText(chosen) : 'no hour chosen'}
      aria-label={`Hour of ${month}; CO2 mass, one row a day, arrow keys choose`}
      onClick={(e) => {
        const box = e.currentTarget.getBoundingClientRect();
        const day = days[Math.floor((e.clientY - box.top) / height)];
        const cell = day?.[Math.floor(((e.clientX - box.left) / box.width) * 24)];
        if (cell) onChoose(cell.start);
      }}
      onKeyDown={(e) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 }[e.key];
        if (by) { e.preventDefault(); move(by); }
      }}
    />
  );
}
