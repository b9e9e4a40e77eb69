import { IconArrowsExchange, IconBuildingFactory2, IconCertificate, IconClipboardCheck, IconCpu, IconFlame, IconHourglass, IconReceipt, IconStack2, IconWaveSine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { get } from '../../api/client';
import type { Issuance, Page, Trace as Life } from '../../api/types';
import { Asked, Card, Facts } from '../../components/parts';

const route = getRouteApi('/trace');
const ICONS: Record<string, typeof IconCpu> = {
  retirement: IconFlame, transfer: IconArrowsExchange, sale: IconReceipt, issuance: IconCertificate, batch: IconStack2, verification: IconClipboardCheck, hours: IconHourglass, readings: IconWaveSine, device: IconCpu,
};

/** A credit's life, newest step first: from its retirement back to the sensors. */
export function Trace() {
  const search = route.useSearch();
  const go = route.useNavigate();
  const issuances = useQuery({ queryKey: ['credit'], queryFn: ({ signal }) => get<Page<Issuance>>('/issuances', signal) });
  const tokens = issuances.data?.items.flatMap((i) => (i.serial ? [i.serial.tokenId] : [])) ?? [];
  const token = search.token ?? tokens[0];
  const life = useQuery({ queryKey: ['effect', 'trace', token], queryFn: ({ signal }) => get<Life>(`/credits/${token}/trace`, signal), enabled: token !== undefined });
  if (issuances.data && token === undefined) return <><h1>Trace</h1><div className="empty">No credit has been issued yet; there is nothing to trace.</div></>;
  return (
    <>
      <h1>Trace</h1>
      <div className="bar"><label>Credits<br /><select value={token ?? ''} onChange={(e) => void go({ search: { token: Number(e.target.value) } })}>{[...new Set([...(token === undefined ? [] : [token]), ...tokens])].sort((a, b) => a - b).map((t) => <option key={t} value={t}>token {t}</option>)}</select></label></div>
      <Asked query={life} height={400}>
        {(l) => (
          <Card title={l.serial}>
            <ol className="life">
              {l.steps.map((s) => {
                const Icon = ICONS[s.kind] ?? IconBuildingFactory2;
                return <li key={s.kind + s.id}><span className="dot"><Icon size={16} aria-hidden /></span><div><b>{s.title}</b><div className="muted" style={{ marginBottom: 4 }}>{s.kind} <span className="mono">{s.id}</span></div><Facts of={s.facts} /></div></li>;
              })}
            </ol>
          </Card>
        )}
      </Asked>
    </>
  );
}
