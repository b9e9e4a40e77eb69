import { useEffect, useState } from 'react';
import { ActionIcon, Button, useMantineColorScheme } from '@mantine/core';
import { IconActivity, IconBinaryTree, IconCpu, IconLeaf2, IconHourglassEmpty, IconMoon, IconSun } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { get, Refusal, session } from '../api/client';
import { useConnected, useFollow } from '../api/live';
import type { Me } from '../api/types';
import { SignIn } from './session';

const PAGES = [
  { to: '/', label: 'Overview', icon: IconActivity, group: 'Measure' },
  { to: '/devices', label: 'Devices', icon: IconCpu, group: '' },
  { to: '/hours', label: 'Emissions', icon: IconHourglassEmpty, group: '' },
  { to: '/credits', label: 'Credits', icon: IconLeaf2, group: 'Credit' },
  { to: '/trace', label: 'Trace', icon: IconBinaryTree, group: '' },
] as const;

export function Frame() {
  const [signedIn, setSignedIn] = useState(session.get() !== null);
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/me', signal), enabled: signedIn, retry: false });
  const queries = useQueryClient();
  const connected = useConnected();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useFollow(signedIn && me.isSuccess);
  useEffect(() => {
    if (me.error instanceof Refusal && me.error.status === 401) { session.end(); setSignedIn(false); }
  }, [me.error]);
  if (!signedIn) return <SignIn onDone={() => setSignedIn(true)} />;
  const dark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark';
  const leave = () => { session.end(); queries.clear(); setSignedIn(false); };
  return (
    <div className="frame">
      <nav className="side" aria-label="Pages">
        <Link to="/" className="brand"><img src="/console/icon.svg" width={22} height={22} alt="" />CARBO MT</Link>
        {PAGES.map(({ to, label, icon: Icon, group }) => (
          <div key={to}>
            {group && <div className="group">{group}</div>}
            <Link to={to} className="nav" activeProps={{ className: 'active', 'aria-current': 'page' }} activeOptions={{ exact: to === '/' }}><Icon size={16} aria-hidden />{label}</Link>
          </div>
        ))}
        <div className="foot">
          <div className="muted">{me.data ? <>{me.data.name}<br />{me.data.roles.join(', ').toLowerCase()}</> : '…'}</div>
          <div style={{ display: 'flex', gap: 8 }}>
            <Button size="compact-sm" variant="default" onClick={leave}>Sign out</Button>
            <ActionIcon variant="default" aria-label={dark ? 'Light theme' : 'Dark theme'} onClick={() => setColorScheme(dark ? 'light' : 'dark')} key={colorScheme}>{dark ? <IconSun size={14} /> : <IconMoon size={14} />}</ActionIcon>
          </div>
        </div>
      </nav>
      <main>
        {me.isSuccess && !connected && <div className="banner" role="status">Live events are not connected; figures are as old as their last answer. Connecting …</div>}
        <Outlet />
      </main>
      <nav className="tabs" aria-label="Pages">
        {PAGES.map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} activeProps={{ className: 'active', 'aria-current': 'page' }} activeOptions={{ exact: to === '/' }}><Icon size={20} aria-hidden />{label}</Link>
        ))}
      </nav>
    </div>
  );
}
