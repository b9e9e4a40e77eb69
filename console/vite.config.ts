/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: { sourcemap: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': 'http://127.0.0.1:8181' } },
  test: { environment: 'jsdom', globals: true, setupFiles: ['src/testing/setup.ts'], css: false, testTimeout: 20_000 },
});
