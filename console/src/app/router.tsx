import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Credits } from '../features/credits/Credits';
import { DevicePage } from '../features/devices/DevicePage';
import { Devices } from '../features/devices/Devices';
import { Hours } from '../features/hours/Hours';
import { Overview } from '../features/overview/Overview';
import { Trace } from '../features/trace/Trace';
import { Frame } from './Frame';

// Filters, source and hour live in the address: every view can be sent by mail.
const text = (v: unknown) => (typeof v === 'string' && v ? v : undefined);
const root = createRootRoute({ component: Frame, notFoundComponent: () => <div className="empty">There is no such page. The menu leads on.</div> });
const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: Overview }),
  createRoute({ getParentRoute: () => root, path: '/devices', component: Devices }),
  createRoute({ getParentRoute: () => root, path: '/devices/$id', component: DevicePage, validateSearch: (s) => ({ channel: text(s.channel), span: text(s.span) }) }),
  createRoute({ getParentRoute: () => root, path: '/hours', component: Hours, validateSearch: (s) => ({ source: text(s.source), month: text(s.month), hour: text(s.hour) }) }),
  createRoute({ getParentRoute: () => root, path: '/credits', component: Credits }),
  createRoute({ getParentRoute: () => root, path: '/trace', component: Trace, validateSearch: (s) => ({ token: typeof s.token === 'number' ? s.token : undefined }) }),
] as const;

export const router = createRouter({ routeTree: root.addChildren([...routes]), basepath: '/console', defaultPreload: 'intent' });

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
