import type React from 'react';
import { createRootRoute, createRoute, createRouter, type ErrorComponentProps, lazyRouteComponent } from '@tanstack/react-router';
import { Failed } from '../components/parts';
import { Overview } from '../features/overview/Overview';
import { Frame } from './Frame';

const PAGES = {
  Devices: () => import('../features/devices/Devices'), DevicePage: () => import('../features/devices/DevicePage'), QuarantinePage: () => import('../features/quarantine/QuarantinePage'), Hours: () => import('../features/hours/Hours'),
  Cases: () => import('../features/cases/Cases'), Models: () => import('../features/models/Models'), Credits: () => import('../features/credits/Credits'), Trace: () => import('../features/trace/Trace'), Market: () => import('../features/market/Market'), Book: () => import('../features/book/Book'), Chain: () => import('../features/chain/Chain'),
};

/** A page in a file of its own. When its file is gone because the console was updated, the router loads the new console; when the server is gone, it must not: the page one is on would be lost. */
const page = (name: keyof typeof PAGES) => lazyRouteComponent(async () => {
  try {
    return (await PAGES[name]()) as Record<string, () => React.ReactNode>;
  } catch (e) {
    const there = await fetch('/console/', { cache: 'no-store' }).then((r) => r.ok, () => false);
    throw there ? e : new Error('This page could not be loaded: the server cannot be reached.');
  }
}, name);

/** All pages at leisure, so that going from one to another needs no server. */
export const loadPages = () => { for (const load of Object.values(PAGES)) load().catch((e: unknown) => console.warn('a page could not be loaded ahead', e)); };

// Filters, source, hour and 'as known on' live in the address: every view can be sent by mail.
const text = (v: unknown) => (typeof v === 'string' && v ? v : undefined);
const whole = (v: unknown) => (typeof v === 'number' && Number.isInteger(v) ? v : undefined);
const root = createRootRoute({ component: Frame, notFoundComponent: () => <div className="empty">There is no such page. The menu leads on.</div> });
const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: Overview }),
  createRoute({ getParentRoute: () => root, path: '/devices', component: page('Devices') }),
  createRoute({ getParentRoute: () => root, path: '/devices/$id', component: page('DevicePage'), validateSearch: (s): { channel?: string; span?: string } => ({ channel: text(s.channel), span: text(s.span) }) }),
  createRoute({ getParentRoute: () => root, path: '/quarantine', component: page('QuarantinePage'), validateSearch: (s): { status?: string } => ({ status: text(s.status) }) }),
  createRoute({ getParentRoute: () => root, path: '/hours', component: page('Hours'), validateSearch: (s): { source?: string; year?: number; hour?: string; known?: string; as?: string } => ({ source: text(s.source), year: whole(s.year), hour: text(s.hour), known: text(s.known), as: text(s.as) }) }),
  createRoute({ getParentRoute: () => root, path: '/cases', component: page('Cases'), validateSearch: (s): { case?: string } => ({ case: text(s.case) }) }),
  createRoute({ getParentRoute: () => root, path: '/models', component: page('Models') }),
  createRoute({ getParentRoute: () => root, path: '/credits', component: page('Credits'), validateSearch: (s): { issuance?: string } => ({ issuance: text(s.issuance) }) }),
  createRoute({ getParentRoute: () => root, path: '/trace', component: page('Trace'), validateSearch: (s): { token?: number; step?: string } => ({ token: whole(s.token), step: text(s.step) }) }),
  createRoute({ getParentRoute: () => root, path: '/market', component: page('Market') }),
  createRoute({ getParentRoute: () => root, path: '/book', component: page('Book'), validateSearch: (s): { token?: number } => ({ token: whole(s.token) }) }),
  createRoute({ getParentRoute: () => root, path: '/chain', component: page('Chain'), validateSearch: (s): { show?: string } => ({ show: text(s.show) }) }),
] as const;

export const router = createRouter({ routeTree: root.addChildren([...routes]), basepath: '/console', defaultPreload: 'intent', defaultErrorComponent: ({ error }: ErrorComponentProps) => <Failed error={error instanceof Error ? error : new Error(String(error))} retry={() => window.location.reload()} /> });

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
