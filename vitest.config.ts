import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { BROWSER_ARGS, locateBrowser } from './scripts/browser.mjs';
import viteConfig from './vite.config.ts';

const IN_BROWSER = 'tests/browser/**';
const JOURNEYS = 'tests/browser/journeys/**';
const IN_DOM = ['tests/ui/**', 'tests/panels/**', 'tests/workshop/**', 'tests/app/**', 'tests/lessons/**'].map(
  (folder) => `${folder}/*.test.{ts,tsx}`,
);

/**
 * Four kinds of test, one project each: `unit` (Node), `components` (jsdom), `browser` (parts in a real Chromium) and
 * `journeys` (the built page in a real Chromium, driven from Node).
 */
export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      // A test that hangs ends some time; a slow machine is no failure.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            environment: 'node',
            include: ['tests/**/*.test.{ts,tsx}'],
            exclude: [...configDefaults.exclude, IN_BROWSER, ...IN_DOM],
          },
        },
        {
          extends: true,
          test: {
            name: 'components',
            environment: 'jsdom',
            include: IN_DOM,
            setupFiles: ['tests/support/components.ts'],
          },
        },
        {
          extends: true,
          // Found only while a test runs, they would be bundled anew, and two copies of React don't work together.
          optimizeDeps: {
            include: [
              'react',
              'react-dom',
              'react-dom/client',
              'react/jsx-dev-runtime',
              'react/jsx-runtime',
              'fflate',
              'valibot',
              'xstate',
              'zustand/vanilla',
            ],
          },
          test: {
            name: 'browser',
            include: ['tests/browser/**/*.test.{ts,tsx}'],
            exclude: [...configDefaults.exclude, JOURNEYS],
            globalSetup: ['tests/support/needsBrowser.ts', 'tests/support/nodeHashes.ts'],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({ launchOptions: { executablePath: locateBrowser(), args: BROWSER_ARGS } }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
        {
          extends: true,
          test: {
            name: 'journeys',
            environment: 'node',
            include: [`${JOURNEYS}/*.test.ts`],
            globalSetup: ['tests/support/needsBrowser.ts', 'tests/support/builtPage.ts'],
          },
        },
      ],
    },
  }),
);
