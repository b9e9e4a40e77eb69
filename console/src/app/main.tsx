import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/Skeleton.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { Refusal } from '../api/client';
import { loadPages, router } from './router';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content ?? '';
setNonce(nonce);
const ink = ['#e7f4f5', '#cfe6e8', '#a3d0d4', '#73b8be', '#4da3ab', '#2f8b95', '#1b7681', '#0e6670', '#0a545c', '#064148'] as const;
const danger = ['#fce8e6', '#f7c9c5', '#efa19b', '#e57a72', '#da564d', '#cc3a31', '#bf2c23', '#b3261e', '#931c16', '#71140f'] as const;
const theme = createTheme({ primaryColor: 'ink', primaryShade: 7, colors: { ink, danger }, fontFamily: "'Inter Variable', system-ui, sans-serif", fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace", defaultRadius: 6, fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' } });
// What the server refuses is not asked again by itself; a broken line is, once.
const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: (failures, error) => !(error instanceof Refusal && error.status < 500) && failures < 1, refetchOnWindowFocus: false } } });

setTimeout(loadPages, 4_000);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}><RouterProvider router={router} /></QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
