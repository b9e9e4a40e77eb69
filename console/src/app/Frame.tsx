import { useEffect, useRef, useState } from 'react';
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDots, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useAccess } from '../api/access';
import { Refusal, session } from '../api/client';
import { useConnected, useFollow } from '../api/live';
import { q } from '../api/queries';
import { Failed } from '../components/parts';
import { ROLES } from '../components/words';
import { type PageEntry, visible } from './pages';
import { SignIn } from './session';

/** Around every page: where one is, who one is, whether what one sees is fresh. */
export function Frame() {
  const [signedIn, setSignedIn] = useState(session.get() !== null);
  const queries = useQueryClient();
  const me = useQuery({ ...q.me(), enabled: signedIn });
  const status = useQuery({ ...q.status(), enabled: signedIn });
  const leave = () => { session.end(); setSignedIn(false); queries.clear(); };
  useEffect(() => {
    // A key that is no longer good ends the visit, wherever it shows.
    const gone = (error: unknown) => { if (error instanceof Refusal && error.status === 401 && session.get() !== null) { session.end(); setSignedIn(false); } };
    return queries.getQueryCache().subscribe((e) => { if (e.type === 'updated' && e.action.type === 'error') gone(e.action.error); });
  }, [queries]);
  useFollow(signedIn && me.isSuccess);
  if (!signedIn) return <SignIn onDone={() => setSignedIn(true)} />;
  if (me.error || status.error && !status.data) return <main className="alone"><Failed error={(me.error ?? status.error)!} retry={() => { void me.refetch(); void status.refetch(); }} /></main>;
  if (!me.data || !status.data) return <main className="alone" aria-busy="true" />;
  return <Inside leave={leave} />;
}

function Inside({ leave }: { leave: () => void }) {
  const access = useAccess();
  const pages = visible(access);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const before = useRef(path);
  useEffect(() => {
    // The next thing read after a page was chosen is that page.
    if (before.current !== path) { before.current = path; main.current?.focus({ preventScroll: true }); window.scrollTo(0, 0); }
  }, [path]);
  return (
    <div className="frame">
      <a className="skip" href="#main" onClick={(e) => { e.preventDefault(); main.current?.focus(); }}>Skip to the content</a>
      <header className="top">
        <Link to="/" className="brand"><img src="/console/icon.svg" width={22} height={22} alt="" />CARBO MT</Link>
        <Fresh />
        <Clock />
        <span className="who"><b>{access.me?.name}</b> <span className="muted">{access.me?.roles.map((r) => ROLES[r]).join(', ')}, {access.me?.organisation}</span></span>
        <Theme />
        <ActionIcon variant="subtle" color="gray" size={32} aria-label="Sign out" title="Sign out" onClick={leave}><IconLogout size={18} /></ActionIcon>
      </header>
      <nav className="side" aria-label="Pages">
        {pages.map((p, i) => (
          <div key={p.to}>{p.group && p.group !== pages[i - 1]?.group && <div className="group">{p.group}</div>}<NavLink page={p} size={16} /></div>
        ))}
      </nav>
      <main id="main" ref={main} tabIndex={-1}><Banner /><Outlet /></main>
      <Tabs pages={pages} />
    </div>
  );
}

function NavLink({ page, size }: { page: PageEntry; size: number }) {
  const Icon = page.icon;
  return <Link to={page.to} className="nav" activeProps={{ className: 'active', 'aria-current': 'page' }} activeOptions={{ exact: page.to === '/', includeSearch: false }}><Icon size={size} stroke={1.6} aria-hidden />{page.label}</Link>;
}

/** On a phone: the four pages most asked for, the others behind 'More'. */
function Tabs({ pages }: { pages: PageEntry[] }) {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (s) => s.location.pathname });
  const wanted = pages.filter((p) => p.tab);
  const tabs = pages.length <= 5 ? pages : wanted.slice(0, 4);
  const more = pages.filter((p) => !tabs.includes(p));
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    if (!open) return;
    const close = (e: KeyboardEvent) => { if (e.key === 'Escape') setOpen(false); };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [open]);
  return (
    <nav className="tabs" aria-label="Pages, in short" style={{ gridTemplateColumns: `repeat(${tabs.length + (more.length > 0 ? 1 : 0)}, 1fr)` }}>
      {tabs.map((p) => <NavLink key={p.to} page={p} size={20} />)}
      {more.length > 0 && <button type="button" className={more.some((p) => p.to === path.replace(/^\/console/, '')) ? 'nav active' : 'nav'} aria-expanded={open} onClick={() => setOpen(!open)}><IconDots size={20} aria-hidden />More</button>}
      {open && <div className="more">{more.map((p) => <NavLink key={p.to} page={p} size={18} />)}</div>}
    </nav>
  );
}

function Theme() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return <ActionIcon variant="subtle" color="gray" size={32} aria-label={dark ? 'Light theme' : 'Dark theme'} title={dark ? 'Light theme' : 'Dark theme'} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>{dark ? <IconSun size={18} /> : <IconMoon size={18} />}</ActionIcon>;
}

/** The server's time, in UTC as every time here. */
function Clock() {
  const status = useQuery(q.status());
  const [, tick] = useState(0);
  useEffect(() => { const t = setInterval(() => tick((n) => n + 1), 5000); return () => clearInterval(t); }, []);
  if (!status.data) return null;
  const now = Date.parse(status.data.time) + (Date.now() - status.dataUpdatedAt);
  return <time className="mono clock" title="Time of the server, UTC">{new Date(now).toISOString().slice(0, 16).replace('T', ' ')}Z</time>;
}

function Fresh() {
  const connected = useConnected();
  return <span className={connected ? 'live on' : 'live'} role="status">{connected ? 'Live' : 'Connecting'}</span>;
}

/** Says so when what is on the page may be old; not for the moment that a connection takes. */
function Banner() {
  const connected = useConnected();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (connected) { setLate(false); return; }
    const t = setTimeout(() => setLate(true), 3000);
    return () => clearTimeout(t);
  }, [connected]);
  return late ? <div className="banner" role="status">Live events are not connected: figures are as old as their last answer. Connecting …</div> : null;
}
