import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Overview } from '../features/overview/Overview';
import { Frame } from './Frame';

// Filters, source, hour and 'as known on' live in the address: every view can be sent by mail.
const text = (v: unknown) => (typeof v === 'string' && v ? v : undefined);
const whole = (v: unknown) => (typeof v === 'number' && Number.isInteger(v) ? v : undefined);
const root = createRootRoute({ component: Frame, notFoundComponent: () => <div className="empty">There is no such page. The menu leads on.</div> });
const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: Overview }),
  createRoute({ getParentRoute: () => root, path: '/devices', component: lazyRouteComponent(() => import('../features/devices/Devices'), 'Devices') }),
  createRoute({ getParentRoute: () => root, path: '/devices/$id', component: lazyRouteComponent(() => import('../features/devices/DevicePage'), 'DevicePage'), validateSearch: (s): { channel?: string; span?: string } => ({ channel: text(s.channel), span: text(s.span) }) }),
  createRoute({ getParentRoute: () => root, path: '/quarantine', component: lazyRouteComponent(() => import('../features/quarantine/QuarantinePage'), 'QuarantinePage'), validateSearch: (s): { status?: string } => ({ status: text(s.status) }) }),
  createRoute({ getParentRoute: () => root, path: '/hours', component: lazyRouteComponent(() => import('../features/hours/Hours'), 'Hours'), validateSearch: (s): { source?: string; year?: number; hour?: string; known?: string; as?: string } => ({ source: text(s.source), year: whole(s.year), hour: text(s.hour), known: text(s.known), as: text(s.as) }) }),
  createRoute({ getParentRoute: () => root, path: '/cases', component: lazyRouteComponent(() => import('../features/cases/Cases'), 'Cases'), validateSearch: (s): { case?: string } => ({ case: text(s.case) }) }),
  createRoute({ getParentRoute: () => root, path: '/credits', component: lazyRouteComponent(() => import('../features/credits/Credits'), 'Credits'), validateSearch: (s): { issuance?: string } => ({ issuance: text(s.issuance) }) }),
  createRoute({ getParentRoute: () => root, path: '/trace', component: lazyRouteComponent(() => import('../features/trace/Trace'), 'Trace'), validateSearch: (s): { token?: number; step?: string } => ({ token: whole(s.token), step: text(s.step) }) }),
  createRoute({ getParentRoute: () => root, path: '/market', component: lazyRouteComponent(() => import('../features/market/Market'), 'Market') }),
  createRoute({ getParentRoute: () => root, path: '/chain', component: lazyRouteComponent(() => import('../features/chain/Chain'), 'Chain'), validateSearch: (s): { show?: string } => ({ show: text(s.show) }) }),
] as const;

export const router = createRouter({ routeTree: root.addChildren([...routes]), basepath: '/console', defaultPreload: 'intent' });

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
