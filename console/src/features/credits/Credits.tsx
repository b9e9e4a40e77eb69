import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { download, get } from '../../api/client';
import type { Holding, Issuance, Page, Retirement } from '../../api/types';
import { hour, serialText, short, whole } from '../../components/format';
import { Asked, Card, State } from '../../components/parts';

/** What was issued, who holds it, what is retired. */
export function Credits() {
  const issuances = useQuery({ queryKey: ['credit'], queryFn: ({ signal }) => get<Page<Issuance>>('/issuances', signal), refetchInterval: 10_000 });
  const holdings = useQuery({ queryKey: ['effect', 'holdings'], queryFn: ({ signal }) => get<Page<Holding>>('/holdings', signal) });
  const retirements = useQuery({ queryKey: ['effect', 'retirements'], queryFn: ({ signal }) => get<Page<Retirement>>('/retirements', signal) });
  return (
    <>
      <h1>Credits</h1>
      <Card title="Issuances">
        <Asked query={issuances} empty={(d) => (d.items.length === 0 ? 'Nothing has been issued yet. Credits follow from an anchored batch of verified hours.' : null)}>
          {(d) => (
            <div className="scroll"><table>
              <thead><tr><th>Serials</th><th>Hours that earned them</th><th className="num">t CO₂e</th><th>State</th><th>Trace</th></tr></thead>
              <tbody>{d.items.map((i) => (
                <tr key={i.id}><td className="mono">{i.serial ? serialText(i.serial) : '—'}</td><td>{hour(i.from)} to {hour(i.to)}</td><td className="num">{whole(i.tonnes)}</td><td><State of={i.status} /> {i.reason}</td>
                  <td>{i.serial && <Link to="/trace" search={{ token: i.serial.tokenId }}>from sensor to retirement</Link>}</td></tr>))}
              </tbody>
            </table></div>
          )}
        </Asked>
      </Card>
      <Card title="Holdings">
        <Asked query={holdings} empty={(d) => (d.items.length === 0 ? 'No account holds credits.' : null)}>
          {(d) => (
            <table><thead><tr><th>Account</th><th>Token</th><th className="num">t CO₂e</th></tr></thead>
              <tbody>{d.items.map((h) => <tr key={h.accountId + h.tokenId}><td className="mono">{h.accountId}</td><td><Link to="/trace" search={{ token: h.tokenId }}>{h.tokenId}</Link></td><td className="num">{whole(h.tonnes)}</td></tr>)}</tbody></table>
          )}
        </Asked>
      </Card>
      <Card title="Retirements">
        <Asked query={retirements} empty={(d) => (d.items.length === 0 ? 'Nothing has been retired yet.' : null)}>
          {(d) => (
            <div className="scroll"><table>
              <thead><tr><th>Serials</th><th className="num">t CO₂e</th><th>On behalf of</th><th>State</th><th>Transaction</th><th>Papers</th></tr></thead>
              <tbody>{d.items.map((r) => (
                <tr key={r.id}><td className="mono">{r.serial ? serialText(r.serial) : '—'}</td><td className="num">{whole(r.tonnes)}</td><td>{r.beneficiary}<div className="muted">{r.reason}</div></td><td><State of={r.status} /></td>
                  <td className="mono" title={r.transaction ?? ''}>{r.transaction ? short(r.transaction) : '—'}</td>
                  <td>{r.status === 'DONE' && <><a href={`/api/v1/retirements/${r.id}/certificate`} target="_blank" rel="noreferrer">certificate</a>{' '}<Button size="compact-xs" variant="default" onClick={() => void download(`/retirements/${r.id}/proof`, `proof-${r.id}.json`)}>proof file</Button></>}</td></tr>))}
              </tbody>
            </table></div>
          )}
        </Asked>
      </Card>
    </>
  );
}
